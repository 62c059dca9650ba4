import { decide } from "../../core/decision/decide.ts";
import type { DecisionContext, DecisionInputs } from "../../core/decision/decision.ts";
import { murmur3 } from "../../core/decision/murmur3.ts";
import { productionRuleset, simpleRuleset } from "./decide-rulesets.ts";
import { figure, quantile } from "./figure.ts";

const NOW = 1_771_408_800_000;
const REQUESTS = 1_000;
/** Short rounds, so that many of them fit between two turns of other programs on the machine. */
const ROUNDS = 1_000;
const PER_ROUND = 2_000;
const WARM_UP = 200;
const COUNTRIES = ["DE", "FR", "IT", "US", "PL"];

/** Requests as a host makes them: a fresh person, scenarios and attributes each, one in ten without all of its attributes. */
const contexts: DecisionContext[] = Array.from({ length: REQUESTS }, (_, i) => ({
  userId: `0198c1d2-7a6b-7c3d-8e4f-${String(i * 7919).padStart(12, "0")}`,
  scenarios: [i % 3 === 0 ? "billing" : "shipping"],
  attributes: {
    country: COUNTRIES[i % COUNTRIES.length] ?? "DE",
    plan: i % 2 === 0 ? "pro" : "free",
    ...(i % 10 === 0 ? {} : { contentLength: (i * 31) % 1_000 }),
  },
}));
const inputs: DecisionInputs[] = contexts.map((_, i) => ({
  now: NOW + i,
  requestId: `0198c1d2-7a6b-7c3d-8e4f-${String(i).padStart(12, "0")}`,
  usage: { perHour: i % 7 },
}));

/**
 * Nanoseconds of one call: the lower quartile of many rounds, which is what a call takes while nothing else has the processor.
 * `call` returns something to keep, so that no work is left out.
 */
function nanoseconds(call: (index: number) => number): number {
  const rounds: number[] = [];
  let kept = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.hrtime.bigint();
    for (let i = 0; i < PER_ROUND; i++) kept += call(i);
    const each = Number(process.hrtime.bigint() - began) / PER_ROUND;
    if (round >= WARM_UP) rounds.push(each);
  }
  if (Number.isNaN(kept)) throw new Error("The benchmark measured nothing.");
  return quantile(rounds, 0.25);
}

const none: DecisionContext = {};
const noInputs: DecisionInputs = { now: NOW, requestId: "" };

// The rules arrive as JSON, as they do in a product.
const production = JSON.parse(JSON.stringify(productionRuleset()));
const features = Object.keys(production.features);
const simple = JSON.parse(JSON.stringify(simpleRuleset()));

figure(
  "decide.ns",
  nanoseconds((i) => {
    const at = i % REQUESTS;
    const key = features[i % features.length] ?? "";
    return decide(production, key, contexts[at] ?? none, inputs[at] ?? noInputs).chain.length;
  }),
  "ns",
);
figure(
  "decide.simple.ns",
  nanoseconds((i) => {
    const at = i % REQUESTS;
    return decide(simple, "reply-assistant", contexts[at] ?? none, inputs[at] ?? noInputs).chain.length;
  }),
  "ns",
);
figure(
  "decide.hashOnly.ns",
  nanoseconds((i) => murmur3(contexts[i % REQUESTS]?.userId ?? "", 12_345) % 100_000),
  "ns",
);
