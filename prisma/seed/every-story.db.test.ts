import { describe, expect, it } from "vitest";
import { FAMILIES } from "#lib/core/metrics/definition.ts";
import { addMeasures } from "#lib/core/metrics/measures.ts";
import { checkChain } from "#lib/services/audit/queries.ts";
import { controlEffects, featureVerdicts, metricsView } from "#lib/services/metrics/queries.ts";
import type { MetricsQuery } from "#lib/services/metrics/schema.ts";
import { figureSource } from "#lib/telemetry/store.ts";
import { patiently, tellStory } from "./testing/told-story.ts";

const story = await tellStory("every-story", 23);
const { db, pool, ctx } = story;

const view = (feature: string, about: Partial<MetricsQuery> = {}) =>
  patiently(() =>
    metricsView(ctx, { environment: "production", feature, period: "7d", cut: "", compare: "before", ...about }),
  );
const theStop = () => db.control.findFirstOrThrow();

describe("the hidden harm", () => {
  it("is on the control room, and only where it is", async () => {
    let asked = 0;
    const verdicts = await patiently(async () => {
      // In which kinds of case it is worse never holds up that it is: the next that asks, ten seconds later, has it.
      const later = { ...ctx, now: new Date(ctx.now.getTime() + asked++ * 11_000) };
      const found = new Map((await featureVerdicts(later, 20_000)).map((verdict) => [verdict.feature, verdict]));
      expect(found.get("reply-assistant")?.where).toBeTruthy();
      return found;
    });
    expect(verdicts.get("reply-assistant")).toMatchObject({
      standing: "worse",
      family: "harm",
      metric: "correction-time",
    });
    expect(verdicts.get("reply-assistant")?.sentence).toMatch(/^Harm is up: correction time 4\d s, was 2\d s\./);
    // A week of one kind of case holds too little here, and fewer than 56 days were told to hold 28 of them against.
    expect(verdicts.get("reply-assistant")?.where).toMatchObject({ spread: "not-enough", period: "7d" });
    expect(verdicts.get("case-summary")).toMatchObject({ standing: "not-enough", where: null });
    expect(["same", "unsure"]).toContain(verdicts.get("knowledge-answers")?.standing);
  });

  it("is said beside the activity that hides it", async () => {
    const { disagreements, panels } = await view("reply-assistant");
    expect(disagreements.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(
        /^AI replies are accepted 8\d% of the time, but correction time rose by \d\d%: people accept and then repair\.$/,
      ),
    );
    const standing = (key: string) => panels.find((panel) => panel.key === key)?.standing;
    expect(standing("thumbs-down")).not.toBe("worse");
    expect(standing("latency-p95")).not.toBe("worse");
    expect(new Set(panels.map(({ family }) => family))).toEqual(new Set(FAMILIES));
  });
});

describe("the billing incident", () => {
  it("is marked with who stopped it and why, when it ended, and the release that came", async () => {
    const { markers } = await view("reply-assistant", { period: "28d" });
    expect(markers.map(({ kind }) => kind)).toEqual(["release", "control", "release", "lifted", "release"]);
    expect(markers[1]).toMatchObject({
      who: "Lea Lang",
      sentence: "Disable AI replies for billing cases",
      why: "Replies promise a goodwill policy that we do not have. Off until release 2.3 is out.",
    });
  });

  it("had its decisions end on templates and the manual way, by that control alone", async () => {
    const { id, placedAt, liftedAt } = await theStop();
    const span = { from: placedAt.getTime(), to: liftedAt?.getTime() ?? 0 };
    const billing = { feature: "reply-assistant", cut: "scenario:billing" };
    const whole = { from: Math.ceil(span.from / 3_600_000) * 3_600_000, to: span.to };
    const during = addMeasures(
      (await figureSource().window(ctx.environment.id, billing, whole, "hour")).map(({ measures }) => measures),
    );
    expect(during.decisions).toBeGreaterThan(100);
    expect(during.ai ?? 0).toBe(0);
    expect((during.served_template ?? 0) + (during.served_manual ?? 0)).toBe(during.decisions);
    expect(during.controlled).toBe(during.decisions);
    const [effect] = await controlEffects(ctx, [id]);
    expect(effect?.total).toBeGreaterThanOrEqual(during.decisions ?? 0);
    const counted = await pool.query("select from telemetry.decision where $1 = any(controls)", [id]);
    expect(effect?.total).toBe(counted.rowCount);
  });

  it("broke policies within hours, and no more since", async () => {
    const { placedAt, liftedAt } = await theStop();
    const violations = async (from: number, to: number) => {
      const of = { feature: "reply-assistant", cut: "scenario:billing" };
      const rows = await figureSource().window(ctx.environment.id, of, { from, to }, "hour");
      const { ai = 1, s_policy_violation = 0 } = addMeasures(rows.map(({ measures }) => measures));
      return s_policy_violation / ai;
    };
    const stopped = placedAt.getTime();
    expect(await violations(stopped - 8 * 3_600_000, stopped)).toBeGreaterThan(0.15);
    expect(await violations(stopped - 9 * 86_400_000, stopped - 86_400_000)).toBeLessThan(0.02);
    expect(await violations(liftedAt?.getTime() ?? 0, story.now.getTime())).toBeLessThan(0.02);
  });
});

describe("a history", () => {
  it("reached the store complete, in time and attributed", async () => {
    const { health } = await view("reply-assistant", { period: "28d" });
    expect(health).toMatchObject({ lateShare: 0, unattributed: 0, unassigned: 0, silent: [], usersExact: true });
    const { rows } = await pool.query(
      "select attribution, count(*)::int as n from telemetry.signal group by 1 order by 1",
    );
    expect(rows.map(({ attribution }) => attribution)).toEqual(["decision", "direct"]);
  });

  it("left rules and audit log that hold, and who met which release", async () => {
    expect(await checkChain(db)).toMatchObject({ whole: true });
    const versions = await db.rulesetVersion.findMany({
      where: { environmentId: ctx.environment.id },
      orderBy: { version: "asc" },
    });
    expect(versions.map(({ cause }) => cause)).toEqual([
      "epoch.start",
      "control.place:disable-scenario",
      "control.expire",
    ]);
    const met = await pool.query(
      "select count(distinct (feature, release, user_hash))::int as n from telemetry.decision where served in ('primary', 'secondary')",
    );
    expect(await db.exposure.count()).toBe(met.rows[0].n);
  });

  it("is not told twice", async () => {
    const count = async () =>
      (
        await pool.query(
          "select (select count(*) from telemetry.decision) + (select count(*) from telemetry.signal) as n",
        )
      ).rows;
    const before = [await count(), await db.auditEntry.count(), await db.rulesetVersion.count()];
    await story.again();
    expect([await count(), await db.auditEntry.count(), await db.rulesetVersion.count()]).toEqual(before);
  });
});
