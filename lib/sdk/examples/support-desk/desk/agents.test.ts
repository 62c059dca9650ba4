import { expect, test } from "vitest";
import { writeReply } from "../model/replies.mjs";
import { inventsPolicy, reactions } from "./agents.mjs";
import { seeded } from "./random.mjs";

const honest = "Cards reach most addresses in 5 to 7 working days.";
const invented = "Our fee guarantee means that every charge is returned to you within 24 hours.";

function share(text: string, state: string, wanted: string[]) {
  const random = seeded("agents");
  const runs = 2000;
  let hits = 0;
  for (let i = 0; i < runs; i++) {
    const kinds = reactions({ state, text, slow: false }, random).map((reaction) => reaction.kind);
    if (kinds.some((kind) => wanted.includes(kind))) hits++;
  }
  return hits / runs;
}

test("agents recognise a promise that no policy says", () => {
  expect(inventsPolicy(invented)).toBe(true);
  expect(inventsPolicy(honest)).toBe(false);
});

test("most drafts are sent as they are, and invented ones seldom", () => {
  expect(share(honest, "draft", ["accepted"])).toBeGreaterThan(0.5);
  expect(share(invented, "draft", ["accepted"])).toBeLessThan(0.2);
  expect(share(invented, "draft", ["overridden", "dismissed"])).toBeGreaterThan(0.4);
});

test("a wrong answer that went out by itself comes back as harm", () => {
  const harm = ["reverted", "thumbs-down", "escalated"];
  expect(share(invented, "answered", harm)).toBeGreaterThan(3 * share(honest, "answered", harm));
});

test("a correction says how long it took and how much it changed", () => {
  const random = seeded("edits");
  const edits = Array.from({ length: 500 }, () => reactions({ state: "draft", text: honest, slow: false }, random))
    .flat()
    .filter((reaction) => reaction.kind === "edited");
  expect(edits.length).toBeGreaterThan(50);
  for (const { details } of edits) {
    expect(details?.seconds).toBeGreaterThan(0);
    expect(details?.changed).toBeGreaterThan(0);
    expect(details?.changed).toBeLessThanOrEqual(1);
  }
});

test("an answer that was sent is accepted as a rule, also by those who then correct it", () => {
  expect(share(honest, "answered", ["accepted"])).toBeGreaterThan(0.8);
  const random = seeded("sent");
  for (let i = 0; i < 500; i++) {
    const kinds = reactions({ state: "answered", text: honest, slow: false }, random).map(({ kind }) => kind);
    if (kinds.includes("edited")) expect(kinds.indexOf("accepted")).toBe(kinds.indexOf("edited") - 1);
  }
});

test("steps that nobody asked for take twice as long to put right", () => {
  const stepped = writeReply({
    messages: [{ content: "Say what to do, step by step." }],
    model: "x-large",
    seed: "steps",
    inventedPolicy: 0,
  }).tokens.join("");
  const mean = (text: string) => {
    const random = seeded("seconds");
    const seconds = Array.from({ length: 2000 }, () => reactions({ state: "answered", text, slow: false }, random))
      .flat()
      .flatMap(({ kind, details }) => (kind === "edited" ? [details?.seconds ?? 0] : []));
    return seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  };
  expect(mean(stepped)).toBeGreaterThan(1.8 * mean(honest));
});

test("the same seed tells the same story", () => {
  const story = () => reactions({ state: "draft", text: honest, slow: true }, seeded("same"));
  expect(story()).toEqual(story());
});
