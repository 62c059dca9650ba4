import type { CompileSource, Moment } from "../source.ts";

const at = (ms: number): Moment => ({ getTime: () => ms });
const chain = [{ provider: "x", model: "x-large", timeoutMs: 8_000 }];
const release = (id: string, standing: string, goodSince: number | null = null) => ({
  id,
  featureId: "f-1",
  name: id,
  blob: "0".repeat(64),
  chain,
  standing,
  knownGoodSince: goodSince === null ? null : at(goodSince),
});

/** Rows of a small environment with one of everything, for the tests of this folder. */
export const sampleSource: CompileSource = {
  environment: {
    key: "production",
    epoch: "00000000-0000-4000-8000-00000000000a",
    version: 7,
    userHashKey: "a2V5",
    staleColdMs: 900_000,
    staleRunningMs: 86_400_000,
  },
  attributes: [
    { key: "plan", type: "string" },
    { key: "country", type: "string", archivedAt: null },
  ],
  cohorts: [
    { key: "region-de", name: "region DE", version: 1, when: { kind: "is", attribute: "country", anyOf: ["DE"] } },
    {
      key: "enterprise",
      name: "Enterprise",
      version: 3,
      when: { kind: "is", attribute: "plan", anyOf: ["enterprise"] },
    },
  ],
  approvedReroutes: [
    { fromProvider: "x", fromModel: "x-large", toProvider: "y", toModel: "y-large" },
    { fromProvider: "x", fromModel: "x-large", toProvider: "y", toModel: "y-small" },
  ],
  releases: [
    release("r-current", "known-good", 100),
    release("r-good", "known-good", 200),
    release("r-older", "known-good", 50),
    release("r-withdrawn", "withdrawn", 300),
    release("r-candidate", "unproven"),
    release("r-shadow", "unproven"),
    release("r-pinned", "unproven"),
    release("r-unused", "unproven"),
  ],
  texts: [
    { key: "manual", text: "A person will answer." },
    { key: "billing-template", text: "We received your question about your bill." },
    { key: "notice", text: "Answers may take longer today." },
  ],
  features: [
    {
      id: "f-1",
      key: "reply-assistant",
      name: "Reply assistant",
      ladder: [{ kind: "manual", content: "manual" }],
      scenarios: [
        { key: "shipping", name: "Shipping", risk: "low", ladder: [{ kind: "manual", content: "manual" }] },
        { key: "billing", name: "Billing", risk: "high", ladder: [{ kind: "template", content: "billing-template" }] },
      ],
    },
  ],
  featureStates: [
    {
      featureId: "f-1",
      on: true,
      envelope: null,
      releaseId: "r-current",
      mode: "autonomous",
      reviewBelow: 0,
      minConfidence: 0,
      maxLatencyMs: 10_000,
      stream: true,
      sampleShare: 0.01,
      pins: [
        { userHash: "b".repeat(32), release: "r-pinned", until: 9 },
        { userHash: "a".repeat(32), release: "r-pinned", until: 9 },
      ],
    },
  ],
  rollouts: [
    {
      id: "ro-1",
      featureId: "f-1",
      seed: 4_000_000_000n,
      eligible: null,
      arms: [{ key: "candidate", release: "r-candidate", ranges: [{ from: 0, to: 25_000 }] }],
      shadow: { release: "r-shadow", share: 0.1 },
      status: "open",
    },
  ],
  controls: [
    {
      id: "c-1",
      sentence: "Turn off Reply assistant",
      scope: { feature: "reply-assistant" },
      effects: [{ kind: "serve", cause: "quality" }],
      expiresAt: at(1_000),
      liftedAt: null,
    },
    { id: "c-2", sentence: "Lifted", scope: {}, effects: [{ kind: "suggest" }], expiresAt: null, liftedAt: at(2) },
  ],
  filters: [
    { name: "one", featureKey: "reply-assistant", release: "", blob: "1".repeat(64), hashes: 11, size: 64 },
    { name: "two", featureKey: "reply-assistant", release: "r-candidate", blob: "2".repeat(64), hashes: 11, size: 64 },
    { name: "three", featureKey: "reply-assistant", release: "r-older", blob: "3".repeat(64), hashes: 11, size: 64 },
  ],
};
