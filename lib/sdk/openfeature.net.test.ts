import { OpenFeature } from "@openfeature/server-sdk";
import { describe, expect, it, onTestFinished } from "vitest";
import { EvenkeelProvider } from "./openfeature.ts";
import { sampleRuleset, stopBilling, withOnly } from "./testing/sample-ruleset.ts";
import { setUp } from "./testing/set-up.ts";
import { soon, until } from "./testing/virtual-time.ts";

async function openFeature() {
  const { room, start } = await setUp(withOnly(sampleRuleset, { c1: stopBilling }));
  const evenkeel = start();
  await until(() => evenkeel.status().state === "connected");
  await OpenFeature.setProviderAndWait("evenkeel", new EvenkeelProvider(evenkeel));
  onTestFinished(() => OpenFeature.clearProviders());
  return { room, evenkeel, flags: OpenFeature.getClient("evenkeel") };
}

const context = { targetingKey: "user-1", country: "DE", scenarios: ["billing"] };

describe("the OpenFeature provider", () => {
  it("gives the decision as an object, with its name and reason", async () => {
    const { flags } = await openFeature();
    const details = await flags.getObjectDetails("reply-assistant", {}, context);
    expect(details).toMatchObject({
      value: { serve: "fallback", fallback: { rung: "template" } },
      reason: "TARGETING_MATCH",
      flagMetadata: { rulesetVersion: 7, decisionId: expect.any(String) },
    });
    expect(await flags.getObjectValue("reply-assistant", {}, { ...context, scenarios: ["shipping"] })).toMatchObject({
      serve: "ai",
    });
    expect(await flags.getObjectValue("reply-assistant", {}, { ...context, scenarios: "shipping" })).toMatchObject({
      serve: "fallback",
    });
  });

  it("gives single fields with their types", async () => {
    const { flags } = await openFeature();
    expect(await flags.getStringValue("reply-assistant.serve", "ai", context)).toBe("fallback");
    expect(await flags.getNumberValue("reply-assistant.maxLatencyMs", 1, context)).toBe(8000);
    expect(await flags.getBooleanValue("reply-assistant.stream", true, context)).toBe(false);
    expect(await flags.getObjectValue("reply-assistant.fallback", {}, context)).toMatchObject({ rung: "template" });
    const wrong = await flags.getBooleanDetails("reply-assistant.serve", false, context);
    expect(wrong).toMatchObject({ value: false, errorCode: "TYPE_MISMATCH" });
  });

  it("says fallback for an unknown feature, whatever the default", async () => {
    const { flags } = await openFeature();
    expect(await flags.getStringValue("no-such-feature.serve", "ai", context)).toBe("fallback");
    expect(await flags.getObjectDetails("no-such-feature", { serve: "ai" }, context)).toMatchObject({
      value: { serve: "fallback" },
      reason: "DEFAULT",
    });
  });

  it("records tracked events as signals", async () => {
    const { room, flags, evenkeel } = await openFeature();
    const { id } = evenkeel.decide("reply-assistant", { userId: "user-1" });
    flags.track("edited", context, { decisionId: id, seconds: 12, changed: 0.5 });
    flags.track("turned-off", context, { feature: "reply-assistant" });
    flags.track("no such signal", context, { decisionId: id });
    await until(() => room.events.length === 2);
    expect(room.events[0]).toMatchObject({ kind: "edited", decisionId: id, value: 12, changed: 0.5 });
    expect(room.events[1]).toMatchObject({ kind: "turned-off", userHash: evenkeel.hashUser("user-1") });
    await soon(() => true);
  });
});
