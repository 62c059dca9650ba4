import { authorize, type Context, targetIn } from "#lib/context.ts";
import { type Answer, can } from "#lib/core/access/can.ts";
import { PERMISSIONS } from "#lib/core/access/permissions.ts";
import type { Rung } from "#lib/core/decision/ruleset.ts";
import { type ReadinessFacts, readinessOf } from "#lib/core/metrics/readiness.ts";
import type { Tx } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { launchGroupOf, type MeasurementRow, measurementOf } from "./present.ts";
import type { MeasurementView, ReadinessView } from "./schema.ts";

type Reader = Pick<Tx, "feature" | "roleGrant" | "approvedText">;

/** A feature of the Context's environment with how it is measured. `guarded`: all guarded environments that it is in. */
export type MeasuredFeature = {
  id: string;
  key: string;
  name: string;
  measurement: MeasurementRow | null;
  guarded: { key: string; name: string; guarded: boolean }[];
};

/** How a feature is measured, as it is stored. @throws AppError `not-found` */
export async function measuredFeature(db: Pick<Tx, "feature">, ctx: Context, key: string): Promise<MeasuredFeature> {
  const row = await db.feature.findFirst({
    where: { key, archivedAt: null, states: { some: { environmentId: ctx.environment.id } } },
    select: {
      id: true,
      key: true,
      name: true,
      measurement: true,
      states: {
        where: { environment: { guarded: true } },
        select: { environment: { select: { key: true, name: true, guarded: true } } },
      },
    },
  });
  if (!row) throw new AppError("not-found", "There is no such feature in this environment.");
  const { states, ...feature } = row;
  return { ...feature, guarded: states.map((state) => state.environment) };
}

/** A feature is measured alike in every environment, so a role in this one is not enough where customers are real in another. */
export function mayMeasure(ctx: Context, { key, guarded }: Pick<MeasuredFeature, "key" | "guarded">): Answer {
  const answers = [ctx.environment, ...guarded].map((environment) =>
    can(ctx.actor, "measurement.change", { environment, feature: key, now: ctx.now.getTime() }),
  );
  return answers.find((answer) => !answer.allowed) ?? { allowed: true };
}

/** How a feature is measured, and whether the viewer may change it. @throws AppError `not-found` */
export async function measurementView(ctx: Context, feature: string): Promise<MeasurementView> {
  authorize(ctx, "environment.view", {});
  const found = await measuredFeature(ctx.db, ctx, feature);
  const { key, name, measurement } = found;
  return { feature: { key, name }, ...measurementOf(measurement), mayChange: refusal(mayMeasure(ctx, found)) };
}

/** The checklist before a launch: what holds, what is missing, in words. @throws AppError `not-found` */
export async function readinessView(ctx: Context, feature: string): Promise<ReadinessView> {
  authorize(ctx, "environment.view", {});
  const { facts } = await readinessFacts(ctx.db, ctx, feature);
  const launch = can(ctx.actor, "feature.launch", targetIn(ctx, { feature, change: "up" }));
  return { ...readinessOf(facts), launched: facts.launched, mayLaunch: refusal(launch) };
}

/** What the checklist is decided on. @throws AppError `not-found` */
export async function readinessFacts(
  db: Reader,
  ctx: Context,
  key: string,
): Promise<{ stateId: string; facts: ReadinessFacts }> {
  const environmentId = ctx.environment.id;
  const kept = { archivedAt: null };
  // One after the other: a transaction has one connection.
  const feature = await db.feature.findFirst({
    where: { key, ...kept, states: { some: { environmentId } } },
    include: {
      measurement: true,
      scenarios: { where: kept, orderBy: { name: "asc" } },
      states: { where: { environmentId }, include: { release: { select: { chain: true } } } },
      rollouts: { where: { environmentId, status: "open" }, select: { arms: true, eligible: true } },
    },
  });
  const operators = await operatorsOf(db, ctx, key);
  const texts = await db.approvedText.findMany({ where: kept, select: { key: true } });
  const [state] = feature?.states ?? [];
  if (!feature || !state) throw new AppError("not-found", "There is no such feature in this environment.");
  const approved = new Set(texts.map((text) => text.key));
  const measurement = measurementOf(feature.measurement);
  return {
    stateId: state.id,
    facts: {
      feature: feature.name,
      launched: state.on,
      metrics: measurement.metrics,
      scenarios: feature.scenarios.map((one) => ({ name: one.name, rungs: designed(one.ladder, approved) })),
      rungs: designed(feature.ladder, approved),
      fallbackAgreed: measurement.fallbackAgreed,
      ...launchGroupOf(state, feature.rollouts[0]),
      sampleShare: state.sampleShare,
      operators,
      incidentClasses: measurement.incidentClasses,
      trustFailure: measurement.trustFailure,
    },
  };
}

/** Names of the people who may place a control on the feature here, whatever else they may. */
async function operatorsOf(db: Reader, ctx: Context, feature: string): Promise<string[]> {
  const grants = await db.roleGrant.findMany({
    where: {
      revokedAt: null,
      role: { in: [...PERMISSIONS["control.place"].people] },
      person: { archivedAt: null },
      AND: [
        { OR: [{ environmentId: null }, { environmentId: ctx.environment.id }] },
        { OR: [{ featureKey: null }, { featureKey: feature }] },
      ],
    },
    select: { person: { select: { name: true } } },
    distinct: ["personId"],
  });
  return grants.map((grant) => grant.person.name).sort();
}

/** Rungs of a ladder whose text was approved: what is not written yet was not designed. */
function designed(ladder: unknown, approved: ReadonlySet<string>): number {
  return Array.isArray(ladder) ? (ladder as Rung[]).filter((rung) => approved.has(rung.content)).length : 0;
}

function refusal(answer: Answer): MeasurementView["mayChange"] {
  return answer.allowed ? answer : { allowed: false, because: `${answer.because} ${answer.whoCould}` };
}
