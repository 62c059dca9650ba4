import { readFileSync } from "node:fs";
import { expect, expectTypeOf, it } from "vitest";
import type { DecisionContext as CoreContext, Decision as CoreDecision } from "../core/decision/decision.ts";
import type { ServedBy as CoreServedBy, SignalKind as CoreSignalKind } from "../core/events/event.ts";
import type { Decision, DecisionContext, ServedBy, SignalKind } from "./types.ts";
import { VERSION } from "./version.ts";

it("says the same as the contract, without carrying its schemas", () => {
  expectTypeOf<Decision>().toEqualTypeOf<CoreDecision>();
  expectTypeOf<DecisionContext>().toEqualTypeOf<CoreContext>();
  expectTypeOf<ServedBy>().toEqualTypeOf<CoreServedBy>();
  expectTypeOf<SignalKind>().toEqualTypeOf<CoreSignalKind>();
});

it("says its own version", () => {
  const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
  expect(VERSION).toBe(version);
});
