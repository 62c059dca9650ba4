import type { ChainStep, RiskLevel, Rung, StaffedHours } from "#lib/core/decision/ruleset.ts";

/** When people take over from the fallback. */
const OFFICE_HOURS: StaffedHours = { zone: "Europe/Berlin", days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };

const cached = (content: string): Rung => ({ kind: "cached", content });
const template = (content: string): Rung => ({ kind: "template", content });
const fixed = (content: string): Rung => ({ kind: "static", content });
const manual = (content: string): Rung => ({ kind: "manual", content });
const person = (content: string): Rung => ({ kind: "person", content, staffed: OFFICE_HOURS });

const step = (provider: "x" | "y", size: "large" | "small", timeoutMs: number): ChainStep => ({
  provider: `provider-${provider}`,
  model: `${provider}-${size}`,
  timeoutMs,
});

export type SeedRelease = {
  key: string;
  name: string;
  prompt: string;
  temperature: number;
  chain: ChainStep[];
  /** Days ago; `knownGood` null: not proved yet. Histories in `history/stories` begin to serve a release soon after it was made. */
  made: number;
  knownGood: number | null;
};

export type SeedFeature = {
  key: string;
  name: string;
  description: string;
  outputName: string;
  ladder: Rung[];
  scenarios: { key: string; name: string; risk: RiskLevel; ladder: Rung[] }[];
  releases: SeedRelease[];
  /** Key of the release that is current, and how the feature is set before any control. */
  current: string;
  settings: {
    mode?: "autonomous" | "suggestion";
    minConfidence?: number;
    maxLatencyMs: number;
    stream: boolean;
    sampleShare: number;
  };
  /** Keys of the environments that it is not in yet, and whether it is still off in the others. */
  notIn?: readonly string[];
  off?: boolean;
  /** In Production: a candidate release and its share (0 to 1). `seed`: of its slot hash. */
  rollout?: { release: string; share: number; seed: number };
};

const REPLY_CHAIN = [step("x", "large", 8_000), step("y", "large", 8_000)];
const REPLY_RULES = "Never promise a refund, a fee or a date. If you are not sure, say that a colleague will check.";

const replyAssistant: SeedFeature = {
  key: "reply-assistant",
  name: "Reply assistant",
  description: "Writes replies to customers of the support desk and sends them.",
  outputName: "AI replies",
  ladder: [template("reply-template"), fixed("reply-static"), manual("reply-manual")],
  scenarios: [
    {
      key: "billing",
      name: "Billing",
      risk: "high",
      ladder: [template("billing-template"), manual("billing-manual"), person("billing-person")],
    },
    {
      key: "refunds",
      name: "Refunds",
      risk: "high",
      ladder: [template("refunds-template"), manual("refunds-manual"), person("refunds-person")],
    },
    {
      key: "shipping",
      name: "Shipping",
      risk: "low",
      ladder: [
        cached("shipping-cached"),
        template("shipping-template"),
        fixed("shipping-static"),
        manual("reply-manual"),
      ],
    },
    {
      key: "card",
      name: "Card",
      risk: "medium",
      ladder: [template("card-template"), fixed("card-static"), manual("reply-manual")],
    },
    {
      key: "account",
      name: "Account",
      risk: "medium",
      ladder: [template("account-template"), manual("reply-manual"), person("account-person")],
    },
  ],
  releases: [
    {
      key: "2.2",
      name: "2.2 Shorter replies",
      prompt: `You answer customers of a bank. Be short. ${REPLY_RULES}`,
      temperature: 0.4,
      chain: REPLY_CHAIN,
      made: 75,
      knownGood: 70,
    },
    {
      key: "2.3",
      name: "2.3 Clearer steps",
      prompt: `You answer customers of a bank. Be short and say what to do, step by step. ${REPLY_RULES}`,
      temperature: 0.3,
      chain: REPLY_CHAIN,
      made: 10,
      knownGood: 7,
    },
    {
      key: "2.4",
      name: "2.4 Calmer tone",
      prompt: `You answer customers of a bank. Be short and calm, and say what to do, step by step. ${REPLY_RULES}`,
      temperature: 0.2,
      chain: REPLY_CHAIN,
      made: 3,
      knownGood: null,
    },
  ],
  current: "2.3",
  settings: { maxLatencyMs: 10_000, stream: true, sampleShare: 0.02 },
  rollout: { release: "2.4", share: 0.25, seed: 0x5eed_2024 },
};

const caseSummary: SeedFeature = {
  key: "case-summary",
  name: "Case summary",
  description: "Sums up a case for the colleague who takes it over.",
  outputName: "AI summaries",
  ladder: [fixed("summary-static"), manual("summary-manual")],
  scenarios: [
    {
      key: "complaints",
      name: "Complaints",
      risk: "high",
      ladder: [fixed("summary-static"), manual("summary-manual")],
    },
  ],
  releases: [
    {
      key: "1.1",
      name: "1.1 Newest first",
      prompt: "Sum up this case in three sentences, the newest facts first. Add nothing that is not in it.",
      temperature: 0.1,
      chain: [step("x", "small", 5_000), step("y", "small", 5_000)],
      made: 75,
      knownGood: 70,
    },
  ],
  current: "1.1",
  settings: { mode: "suggestion", maxLatencyMs: 8_000, stream: false, sampleShare: 0.01 },
};

const knowledgeAnswers: SeedFeature = {
  key: "knowledge-answers",
  name: "Knowledge answers",
  description: "Answers searches in the Help centre from its articles.",
  outputName: "AI answers",
  ladder: [cached("knowledge-cached"), fixed("knowledge-static"), manual("knowledge-manual")],
  scenarios: [
    {
      key: "pricing",
      name: "Pricing",
      risk: "medium",
      ladder: [cached("knowledge-cached"), fixed("knowledge-static"), manual("knowledge-manual")],
    },
    {
      key: "identity",
      name: "Identity",
      risk: "high",
      ladder: [fixed("knowledge-static"), manual("knowledge-manual")],
    },
  ],
  releases: [
    {
      key: "3.0",
      name: "3.0 With sources",
      prompt: "Answer from the articles given and name the one you used. If they do not answer it, say so.",
      temperature: 0,
      chain: [step("y", "large", 6_000), step("x", "large", 6_000)],
      made: 75,
      knownGood: 70,
    },
  ],
  current: "3.0",
  settings: { minConfidence: 0.6, maxLatencyMs: 6_000, stream: false, sampleShare: 0.01 },
};

const callNotes: SeedFeature = {
  key: "call-notes",
  name: "Call notes",
  description: "Writes down what was agreed on the phone.",
  outputName: "AI notes",
  ladder: [fixed("notes-static"), manual("notes-manual")],
  scenarios: [],
  releases: [
    {
      key: "0.1",
      name: "0.1 First try",
      prompt: "Write down in short sentences what the customer and the colleague agreed on. Add nothing.",
      temperature: 0.1,
      chain: [step("x", "small", 8_000), step("y", "small", 8_000)],
      made: 5,
      knownGood: null,
    },
  ],
  current: "0.1",
  settings: { mode: "suggestion", maxLatencyMs: 12_000, stream: false, sampleShare: 0 },
  notIn: ["production"],
  off: true,
};

/** The AI features of the example bank; Call notes is in Staging only, and not launched. */
export const FEATURES = [replyAssistant, caseSummary, knowledgeAnswers, callNotes];
