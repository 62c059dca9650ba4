import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeControl } from "./compose.ts";
import { offersFor } from "./offers.ts";
import { orderBySuspicion, type Suspicion } from "./order-by-suspicion.ts";
import { sampleNames as names } from "./testing/names-samples.ts";

type Case = { name: string; suspicions: Suspicion[]; fitting: string[] };

const cases = JSON.parse(readFileSync(new URL("./order-by-suspicion-cases.json", import.meta.url), "utf8")) as Case[];
const around = { cohorts: ["region-de"], notices: ["slow-today"], reroutes: [] };
const chain = [{ provider: "x", model: "large", timeoutMs: 1 }];
const offers = [
  { key: "reply-assistant", scenarios: ["billing", "shipping"] },
  { key: "case-summary", scenarios: [] },
]
  .flatMap((feature) => offersFor({ ...feature, ladders: [], chain, hasRollout: false }, around))
  .sort((a, b) => a.order - b.order);
const sentences = (some: typeof offers) =>
  some.map(({ template, params }) => composeControl(template, params, names).sentence);

describe("the order of stops beside what stands worse", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { suspicions, fitting }) => {
    const ordered = orderBySuspicion(offers, suspicions);
    expect(sentences(ordered.fitting)).toEqual(fitting);
  });

  test("the rest keeps its usual order, and no offer is ever lost or shown twice", () => {
    const spread = fc.constantFrom("mainly", "everywhere", "partly", "not-told", "not-enough");
    const scenarios = fc.subarray(["billing", "shipping", "weather"]);
    const where = fc.option(fc.record({ spread, scenarios }));
    const feature = fc.constantFrom("reply-assistant", "case-summary", "gone");
    fc.assert(
      fc.property(fc.array(fc.record({ feature, where }), { maxLength: 3 }), (suspicions) => {
        const { fitting, rest } = orderBySuspicion(offers, suspicions as Suspicion[]);
        expect(rest).toEqual(offers.filter((offer) => !fitting.includes(offer)));
        expect(new Set([...fitting, ...rest])).toEqual(new Set(offers));
        expect(fitting.length + rest.length).toBe(offers.length);
      }),
    );
  });
});
