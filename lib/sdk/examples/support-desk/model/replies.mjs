import { readFileSync } from "node:fs";
import { seeded } from "../desk/random.mjs";

const topics = readJson("../data/topics.json");
const templates = readJson("../data/replies.json");

/**
 * What a model would answer: `{tokens, confidence}`, where joining the tokens gives the text and `confidence` (0 to 1) is how sure it
 * seems. Put together from templates by the category named in the prompt; the same prompt and seed give the same answer.
 * A prompt that wants steps gets general ones that nobody asked for. `inventedPolicy` (0 to 1) is the chance that it promises something that no policy says, in a confident tone.
 */
export function writeReply({ messages, model, seed, inventedPolicy }) {
  const prompt = messages.map((message) => String(message?.content ?? "")).join("\n");
  const random = seeded(`${seed}:${model}:${prompt}`);
  const category = /^Category: (\S+)$/m.exec(prompt)?.[1] ?? "";
  const topic = topics[category] ?? templates.scenarios[category] ?? templates.generic;
  const invents = random.chance(inventedPolicy);
  const sentences = [
    random.pick(templates.openings).replace("{subject}", topic.subject),
    `${topic.advice}.`,
    ...(prompt.includes("step by step") ? [random.pick(templates.steps)] : []),
    ...(invents ? [random.pick(templates.inventedPolicies)] : []),
    random.pick(templates.nextSteps),
    `${random.pick(templates.closings)}.`,
  ];
  const unsure = topic === templates.generic ? 0.25 : random.chance(0.12) ? 0.3 : 0.08;
  return { tokens: tokenize(sentences.join(" ")), confidence: 1 - unsure * random.between(0.3, 1) };
}

/** Pieces of at most five letters, spaces leading, as tokenizers of language models cut English roughly. */
export function tokenize(text) {
  return text.match(/\s?[\p{L}\p{N}]{1,5}|\s?[^\s\p{L}\p{N}]|\s/gu) ?? [];
}

function readJson(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}
