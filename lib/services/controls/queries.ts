import { authorize, type Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { UNDO_MS } from "#lib/core/access/can.ts";
import { type ComposedControl, composeControl } from "#lib/core/controls/compose.ts";
import type { Names } from "#lib/core/controls/names.ts";
import { type Offer, offersFor } from "#lib/core/controls/offers.ts";
import type { ChainStep, Rung } from "#lib/core/decision/ruleset.ts";
import { AppError } from "#lib/errors.ts";
import { recentTraffic } from "#lib/telemetry/recent.ts";
import { type ControlRow, controlView, impactView, mayPlace, rowAsComposed, switchKey } from "./present.ts";
import type { ControlParams, ControlView, Impact, SwitchView } from "./schema.ts";

/** What stands for keys in sentences: names of everything in this environment. */
export async function controlNames(ctx: Context): Promise<Names> {
  const kept = { archivedAt: null };
  const [features, cohorts, providers, texts] = await Promise.all([
    ctx.db.feature.findMany({
      where: { ...kept, states: { some: { environmentId: ctx.environment.id } } },
      include: { scenarios: { where: kept, orderBy: { name: "asc" } } },
      orderBy: { name: "asc" },
    }),
    ctx.db.cohort.findMany({ where: { environmentId: ctx.environment.id, ...kept }, orderBy: { name: "asc" } }),
    ctx.db.provider.findMany({ where: kept, include: { models: { where: kept } }, orderBy: { name: "asc" } }),
    ctx.db.approvedText.findMany({ where: kept, select: { key: true, text: true } }),
  ]);
  const named = (rows: readonly { key: string; name: string }[]) =>
    Object.fromEntries(rows.map((row) => [row.key, row.name]));
  return {
    features: Object.fromEntries(
      features.map(({ key, name, outputName, ladder, scenarios }) => {
        const cases = scenarios.map((one) => [one.key, { name: one.name, ladder: ladderOf(one.ladder) }]);
        return [key, { name, outputName, ladder: ladderOf(ladder), scenarios: Object.fromEntries(cases) }];
      }),
    ),
    cohorts: named(cohorts),
    providers: Object.fromEntries(providers.map(({ key, name, models }) => [key, { name, models: named(models) }])),
    texts: Object.fromEntries(texts.map((row) => [row.key, row.text])),
  };
}

function ladderOf(column: unknown): Rung[] {
  return Array.isArray(column) ? (column as Rung[]) : [];
}

/** Rows of the controls that hold now, newest first. */
export function activeRows(ctx: Context): Promise<ControlRow[]> {
  return ctx.db.control.findMany({
    where: {
      environmentId: ctx.environment.id,
      liftedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }],
    },
    orderBy: { placedAt: "desc" },
  });
}

/** The controls that hold now, newest first; of one feature, those that are limited to no feature stand among them. */
export async function listActive(ctx: Context, feature?: string): Promise<ControlView[]> {
  authorize(ctx, "control.list", {});
  const [rows, names] = await Promise.all([activeRows(ctx), controlNames(ctx)]);
  return rows
    .filter((row) => feature === undefined || row.featureKey === null || row.featureKey === feature)
    .map((row) => controlView(row, ctx, names));
}

/** The sentences that stand ready, without those that two features have in common twice. */
async function offersOf(ctx: Context, feature: string | null): Promise<Offer[]> {
  const environmentId = ctx.environment.id;
  const kept = { archivedAt: null };
  const [states, rollouts, cohorts, notices, reroutes] = await Promise.all([
    ctx.db.featureState.findMany({
      where: { environmentId, feature: { ...kept, ...(feature !== null && { key: feature }) } },
      include: { feature: { include: { scenarios: { where: kept, orderBy: { name: "asc" } } } }, release: true },
    }),
    ctx.db.rollout.findMany({ where: { environmentId, status: "open" }, select: { featureId: true } }),
    ctx.db.cohort.findMany({ where: { environmentId, ...kept }, select: { key: true }, orderBy: { name: "asc" } }),
    ctx.db.approvedText.findMany({
      where: { ...kept, purpose: "notice" },
      select: { key: true },
      orderBy: { key: "asc" },
    }),
    ctx.db.approvedReroute.findMany({ where: kept }),
  ]);
  const around = {
    cohorts: cohorts.map(({ key }) => key),
    notices: notices.map(({ key }) => key),
    reroutes: reroutes.map((row) => ({
      from: { provider: row.fromProvider, model: row.fromModel },
      to: { provider: row.toProvider, model: row.toModel },
    })),
  };
  const offers = states.flatMap(({ feature: { id, key, ladder, scenarios }, release }) =>
    offersFor(
      {
        key,
        scenarios: [...scenarios].sort(riskiestFirst).map((one) => one.key),
        ladders: [ladderOf(ladder), ...scenarios.map((one) => ladderOf(one.ladder))],
        chain: Array.isArray(release.chain) ? (release.chain as ChainStep[]) : [],
        hasRollout: rollouts.some((rollout) => rollout.featureId === id),
      },
      around,
    ),
  );
  const distinct = new Map(offers.map((offer) => [switchKey(offer.template, offer.params), offer]));
  return [...distinct.values()].sort((a, b) => a.order - b.order);
}

const RISKS = ["high", "medium", "low"];

/** What harms most is looked for first. */
function riskiestFirst(a: { risk: string }, b: { risk: string }): number {
  return RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk);
}

/** One control, whether it still holds or not. @throws AppError `not-found` */
export async function getControl(ctx: Context, id: string): Promise<ControlView> {
  authorize(ctx, "control.list", {});
  const [row, names] = await Promise.all([
    ctx.db.control.findFirst({ where: { id, environmentId: ctx.environment.id } }),
    controlNames(ctx),
  ]);
  if (!row) throw new AppError("not-found", "There is no such control in this environment.");
  return controlView(row, ctx, names);
}

/**
 * Controls that the viewer placed and has not given a reason for yet, oldest first: they wait in the inbox, also after they ended. What the viewer took
 * back at once needs none.
 */
export async function reasonsIOwe(ctx: Context): Promise<ControlView[]> {
  authorize(ctx, "control.list", {});
  const [rows, names] = await Promise.all([
    ctx.db.control.findMany({
      where: { environmentId: ctx.environment.id, placedBy: actorReference(ctx.actor), reason: null },
      orderBy: { placedAt: "asc" },
    }),
    controlNames(ctx),
  ]);
  return rows.filter((row) => !takenBack(row)).map((row) => controlView(row, ctx, names));
}

type Ended = { placedBy: string; placedAt: Date; liftedBy: string | null; liftedAt: Date | null };

function takenBack({ placedBy, placedAt, liftedBy, liftedAt }: Ended): boolean {
  return liftedAt !== null && liftedBy === placedBy && liftedAt.getTime() - placedAt.getTime() < UNDO_MS;
}

/**
 * What "Something is wrong" and the feature page offer: every sentence that makes sense for a feature (for all of them when null) with whom it touches, most targeted first.
 * Controls that hold but are not among them, such as those of a monitoring system, stand at the front so that they can be lifted.
 */
export async function listSwitches(ctx: Context, feature: string | null): Promise<SwitchView[]> {
  authorize(ctx, "control.list", {});
  const [names, offers, rows] = await Promise.all([controlNames(ctx), offersOf(ctx, feature), activeRows(ctx)]);
  const offered = new Map(offers.map(({ template, params }) => [switchKey(template, params), { template, params }]));
  // Of two that say the same the newest is shown; it is also the one that lasts longest.
  const active = new Map([...rows].reverse().map((row) => [switchKey(row.template, row.params as ControlParams), row]));
  const others = [...active.values()]
    .filter((row) => feature === null || row.featureKey === null || row.featureKey === feature)
    .map(({ template, params }) => ({ template, params: params as ControlParams }))
    .filter(({ template, params }) => !offered.has(switchKey(template, params)));
  const views = [...others, ...offered.values()].map(async ({ template, params }): Promise<SwitchView | null> => {
    const key = switchKey(template, params);
    const row = active.get(key);
    const made = row ? rowAsComposed(row) : composedOrNull(ctx, template, params, names);
    if (!made) return null;
    return {
      key,
      template,
      params,
      sentence: made.sentence,
      layer: made.layer,
      impact: await impactOf(ctx, made, names),
      active: row ? controlView(row, ctx, names) : null,
      place: mayPlace(params.feature ?? null, ctx),
    };
  });
  return (await Promise.all(views)).filter((view) => view !== null);
}

/** Null for what cannot be said here, such as a model of a release that is not in the registry any more: one such row must not take the other stops with it. */
function composedOrNull(ctx: Context, template: string, params: ControlParams, names: Names): ComposedControl | null {
  try {
    return composeControl(template, params, names, ctx.now.getTime());
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Whom a control in that scope would touch, and what they would see, from the last hour of traffic. */
export async function impactOf(
  ctx: Context,
  made: Pick<ComposedControl, "scope" | "effects">,
  names: Names,
): Promise<Impact> {
  const source = recentTraffic();
  const traffic = await source.traffic(ctx.environment.id, made.scope, ctx.now).catch(() => null);
  const silentSince =
    traffic && traffic.aiPerHour === null
      ? await source.lastReportedAt(ctx.environment.id, made.scope.feature ?? null, ctx.now).catch(() => null)
      : null;
  return impactView({ ...made, traffic, silentSince, names, now: ctx.now });
}
