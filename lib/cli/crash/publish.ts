import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { disagreements } from "./agreement.ts";
import { signInOverHttp } from "./operator.ts";
import type { Round } from "./rounds.ts";
import type { Stage } from "./stage.ts";

const ENVIRONMENT = "production";
const FEATURE = "reply-assistant";
/** Sentences of which a run switches one on and off again. */
const CLICKS = [
  { template: "disable-scenario", params: { feature: FEATURE, scenario: "billing" } },
  { template: "review-feature", params: { feature: FEATURE } },
  { template: "turn-off-feature", params: { feature: FEATURE } },
  { template: "disable-scenario", params: { feature: FEATURE, scenario: "refunds" } },
];

/** Kills the console somewhere between a click and its answer: ruleset, controls and audit must agree, and the same click again must be one control. */
export async function publishRounds(stage: Stage, random: () => number): Promise<(number: number) => Promise<Round>> {
  const { db } = stage;
  const lead = await signInOverHttp(stage.url, "lead@example.com", stage.password);

  /** Switches one sentence on and off undisturbed, which warms the server; how long the slower of both took (ms). */
  async function rehearse(): Promise<number> {
    const started = performance.now();
    const placed = await lead.knock("stop", { environment: ENVIRONMENT, ...CLICKS[0], idempotencyKey: randomUUID() });
    const between = performance.now();
    await lead.knock("lift", { environment: ENVIRONMENT, id: placed?.controlId });
    return Math.max(between - started, performance.now() - between);
  }

  return async (number) => {
    await rehearse();
    const took = await rehearse();
    const click = { environment: ENVIRONMENT, ...CLICKS[number % CLICKS.length], idempotencyKey: randomUUID() };
    const lifting = random() < 0.4;
    const before = lifting ? await lead.knock("stop", click) : null;
    const answer = lead.knock(
      lifting ? "lift" : "stop",
      lifting ? { environment: ENVIRONMENT, id: before?.controlId } : click,
    );
    await wait(random() * took * 1.2);
    await stage.kill();
    const answered = await answer;
    await stage.start();
    const found = await disagreements(db, ENVIRONMENT);
    const kept = await db.control.findFirst({ where: { idempotencyKey: click.idempotencyKey } });
    const moment = answered
      ? "after its answer"
      : (lifting ? kept?.liftedAt : kept)
        ? "after its commit"
        : "before its commit";

    const again = lifting
      ? await lead.knock("lift", { environment: ENVIRONMENT, id: before?.controlId })
      : await lead.knock("stop", click);
    if (again?.status !== 200) found.push(`the same click again was answered with ${again?.status}`);
    const same = await db.control.findMany({ where: { idempotencyKey: click.idempotencyKey } });
    if (same.length !== 1) found.push(`the click and its retry made ${same.length} controls`);
    if (answered?.status === 200 && answered.controlId !== again?.controlId)
      found.push("what was answered before the crash was lost");
    if (!lifting) await lead.knock("lift", { environment: ENVIRONMENT, id: again?.controlId });
    found.push(...(await disagreements(db, ENVIRONMENT)));
    const left = await db.control.count({ where: { environment: { key: ENVIRONMENT }, liftedAt: null } });
    if (left > 0) found.push(`${left} controls are left after everything was lifted`);
    return { found, line: `killed while ${lifting ? "lifting" : "stopping"}, ${moment}` };
  };
}
