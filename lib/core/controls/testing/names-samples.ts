import type { Names } from "../names.ts";

const billing = [
  { kind: "cached", content: "billing-cached" },
  { kind: "template", content: "billing-template" },
  { kind: "manual", content: "billing-manual" },
] as const;

/** Names for the tests of this folder. */
export const sampleNames: Names = {
  features: {
    "reply-assistant": {
      name: "Reply assistant",
      outputName: "AI replies",
      ladder: [{ kind: "manual", content: "manual" }],
      scenarios: {
        billing: { name: "Billing", ladder: billing },
        shipping: { name: "Shipping", ladder: [{ kind: "static", content: "shipping-static" }] },
      },
    },
    "case-summary": {
      name: "Case summary",
      outputName: "AI summaries",
      ladder: [{ kind: "static", content: "summary-static" }],
      scenarios: {},
    },
  },
  cohorts: { enterprise: "Enterprise", "region-de": "region DE" },
  providers: {
    x: { name: "Provider X", models: { large: "M", small: "S" } },
    y: { name: "Provider Y", models: { large: "N" } },
  },
  texts: {
    manual: "A person will answer you.",
    "billing-template": "We have received your question about your bill.",
    "billing-manual": "A person will look at your bill.",
    "shipping-static": "You can follow your parcel on the tracking page.",
    "summary-static": "Please read the case from the top.",
    "slow-today": "Answers may take longer today.",
  },
};
