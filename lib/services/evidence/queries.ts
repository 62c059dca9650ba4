import { authorize, type Context } from "#lib/context.ts";
import { DAY_MS } from "#lib/core/time.ts";
import { AppError } from "#lib/errors.ts";
import type { EvidenceAsked } from "#lib/telemetry/evidence-source.ts";
import type { Span } from "#lib/telemetry/figure-source.ts";
import { daysAreCounted, evidenceSource } from "#lib/telemetry/store.ts";
import type { EvidenceNames } from "./present.file.ts";
import { utcMoment } from "./present.ts";
import { type EvidenceSize, type EvidenceSpan, evidenceSpan } from "./schema.ts";

/**
 * How much an export of that span would hold. `signal` ends it early.
 * @throws AppError `forbidden`, `not-found` without such a feature here, `precondition-failed` when nothing of that time is kept.
 */
export async function evidenceSize(ctx: Context, raw: EvidenceSpan, signal: AbortSignal): Promise<EvidenceSize> {
  const { feature, from, to, answers } = evidenceSpan.parse(raw);
  authorize(ctx, "telemetry.export", { feature });
  await featureName(ctx, feature);
  return sizeOf(ctx, { feature, answers, span: { from: Date.parse(from), to: Date.parse(to) } }, signal);
}

/** Counts what is asked for; `keptSince` null: nothing was ever reported. @throws AppError `precondition-failed` when nothing of that time can be there, or nothing is there any more. */
export async function sizeOf(ctx: Context, asked: EvidenceAsked, signal: AbortSignal): Promise<EvidenceSize> {
  const { span } = asked;
  const source = evidenceSource();
  const keptSince = await source.keptSince();
  if (keptSince === null) {
    if (await daysAreCounted())
      throw new AppError(
        "precondition-failed",
        "No single decision is kept any more. The figures may go back further.",
      );
    const looseHarm = { here: 0, anywhere: 0 };
    return { decisions: 0, unnamed: 0, people: 0, exact: true, looseHarm, keptSince };
  }
  if (span.to <= keptSince) {
    throw new AppError(
      "precondition-failed",
      `No single decision of that time is kept: they begin on ${utcMoment(keptSince)}. The figures may go back further.`,
    );
  }
  const kept = partKept(ctx, span, keptSince);
  const counted = await source.count(ctx.environment.id, { ...asked, span: kept }, signal);
  const looseHarm = await source.looseHarm(ctx.environment.id, asked.feature, kept);
  return { ...counted, looseHarm, keptSince: new Date(keptSince).toISOString() };
}

/** The part of a span in which decisions can be: since any are kept (epoch ms), and no further ahead than a clock may be wrong. */
export function partKept(ctx: Context, { from, to }: Span, keptSince: number): Span {
  return { from: Math.max(from, keptSince), to: Math.min(to, ctx.now.getTime() + DAY_MS) };
}

/** A feature of this environment by its key, also one that was archived since. @throws AppError `not-found` */
export async function featureName(ctx: Context, key: string): Promise<string> {
  const feature = await ctx.db.feature.findFirst({
    where: { key, states: { some: { environmentId: ctx.environment.id } } },
    select: { name: true },
  });
  if (!feature) throw new AppError("not-found", "There is no such feature in this environment.");
  return feature.name;
}

/** Sentences of the environment's controls and names of the feature's releases, by id. */
export async function evidenceNames(ctx: Context, feature: string): Promise<EvidenceNames> {
  const [controls, releases] = await Promise.all([
    ctx.db.control.findMany({
      where: { environmentId: ctx.environment.id, OR: [{ featureKey: feature }, { featureKey: null }] },
      select: { id: true, sentence: true },
    }),
    ctx.db.release.findMany({ where: { feature: { key: feature } }, select: { id: true, name: true } }),
  ]);
  return {
    controls: new Map(controls.map(({ id, sentence }) => [id, sentence])),
    releases: new Map(releases.map(({ id, name }) => [id, name])),
  };
}
