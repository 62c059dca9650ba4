import { createHash } from "node:crypto";
import { expect, test, vi } from "vitest";
import type { Control, Ruleset } from "../../core/decision/ruleset.ts";
import { sampleRuleset } from "../testing/sample-ruleset.ts";
import { FilterBits } from "./filters.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const nameOf = (text: string) => createHash("sha256").update(bytesOf(text)).digest("hex");
const filter = (text: string) => ({ blob: nameOf(text), hashes: 1, size: text.length * 8 });
const hold: Control = {
  sentence: "Pause Reply assistant beyond current cohort",
  scope: { feature: "reply-assistant" },
  effects: [{ kind: "hold", of: "feature", filter: "held" }],
  expiresAt: null,
  code: "control",
};
const rules = (filters: Ruleset["filters"]): Ruleset => ({ ...sampleRuleset, controls: { hold }, filters });
const held = (ruleset: Ruleset) => ruleset.filters.held;

test("what the controls need is complete, although another blob never comes", async () => {
  const never = nameOf("slow");
  const bits = new FilterBits(
    (sha256) => (sha256 === never ? new Promise(() => {}) : Promise.resolve(bytesOf("now"))),
    vi.fn(),
  );
  const before = rules({ other: filter("slow") });
  const after = rules({ other: filter("slow"), held: filter("now") });
  expect(await bits.load(before)).toBe(true);
  expect(await bits.load(after)).toBe(true);
  expect(held(bits.fill(after, false))?.bits).toBe(Buffer.from("now").toString("base64"));
});

test("without what a control needs it is not complete", async () => {
  const bits = new FilterBits(() => Promise.reject(new Error("away")), vi.fn());
  expect(await bits.load(rules({ held: filter("now") }))).toBe(false);
});

test("what is not needed yet is loaded in the background, for the click that will need it", async () => {
  const loaded = vi.fn();
  const bits = new FilterBits(() => Promise.resolve(bytesOf("now")), loaded);
  const ruleset = rules({ other: filter("now") });
  await bits.load(ruleset);
  await vi.waitFor(() => expect(loaded).toHaveBeenCalledTimes(1));
  expect(bits.fill(ruleset, false).filters.other?.bits).toBeDefined();
});

test("an older list that comes late is not put in the place of the newer one", async () => {
  const answers = new Map<string, () => void>();
  const bits = new FilterBits(
    (sha256) =>
      new Promise((resolve) => {
        answers.set(sha256, () => resolve(bytesOf(sha256 === nameOf("older") ? "older" : "newer")));
      }),
    vi.fn(),
  );
  const [older, newer] = [rules({ held: filter("older") }), rules({ held: filter("newer") })];
  const first = bits.load(older);
  const second = bits.load(newer);
  answers.get(nameOf("newer"))?.();
  expect(await second).toBe(true);
  answers.get(nameOf("older"))?.();
  expect(await first).toBe(false);
  expect(held(bits.fill(newer, false))?.blob).toBe(nameOf("newer"));
});
