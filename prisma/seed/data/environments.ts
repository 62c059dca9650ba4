import type { Condition } from "#lib/core/decision/condition.ts";

/** Environments. Colours are names of the design tokens. */
export const ENVIRONMENTS = [
  { key: "production", name: "Production", colour: "violet", guarded: true },
  { key: "staging", name: "Staging", colour: "teal", guarded: false },
] as const;

type Cohort = { key: string; name: string; when: Condition };

/** Cohorts, the same in every environment. */
export const COHORTS: Cohort[] = [
  { key: "region-de", name: "region DE", when: { kind: "is", attribute: "country", anyOf: ["DE"] } },
  { key: "enterprise", name: "Enterprise", when: { kind: "is", attribute: "plan", anyOf: ["business", "enterprise"] } },
];

/** Attributes that hosts may send. */
export const ATTRIBUTES = [
  {
    key: "country",
    name: "Country",
    type: "string",
    description: "Where the customer lives, as an ISO 3166 code.",
    values: [
      { value: "DE", label: "Germany" },
      { value: "AT", label: "Austria" },
      { value: "FR", label: "France" },
      { value: "GB", label: "United Kingdom" },
      { value: "US", label: "United States" },
    ],
  },
  {
    key: "language",
    name: "Language",
    type: "string",
    description: "The language the customer writes in, as an ISO 639 code.",
    values: [
      { value: "de", label: "German" },
      { value: "en", label: "English" },
      { value: "fr", label: "French" },
    ],
  },
  {
    key: "plan",
    name: "Plan",
    type: "string",
    description: "What the customer pays for.",
    values: [
      { value: "free", label: "Free" },
      { value: "plus", label: "Plus" },
      { value: "business", label: "Business" },
      { value: "enterprise", label: "Enterprise" },
    ],
  },
  {
    key: "contentLength",
    name: "Message length",
    type: "number",
    description: "Characters of the message.",
    values: [],
  },
  { key: "workflow", name: "Workflow", type: "string", description: "The part of the product that asks.", values: [] },
  { key: "userSince", name: "Customer since", type: "date", description: "When the customer joined.", values: [] },
];
