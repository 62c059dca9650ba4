import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { measurementOf } from "../../measurement/present.ts";
import type { QualityWeights } from "../../measurement/schema.ts";
import { organisationRow } from "../../organisation/queries.ts";
import type { FigureNames } from "../present/names.ts";

/** What a page of figures is about: names of everything in it, how the feature is measured, and in which days. */
export type Subject = {
  names: FigureNames;
  outputs: string;
  chosen: string[];
  weights: QualityWeights;
  zone: string;
};

/** What the page of one feature is about. @throws AppError `not-found` for a feature that is not in this environment. */
export async function readSubject(ctx: Context, key: string): Promise<Subject> {
  const [subject] = await readSubjects(ctx, key);
  if (!subject) throw new AppError("not-found", "There is no such feature in this environment.");
  return subject;
}

/** The same of every feature of the environment by name, or of the one of that key, in three questions. */
export async function readSubjects(ctx: Context, key?: string): Promise<Subject[]> {
  const environmentId = ctx.environment.id;
  const named = { select: { key: true, name: true } };
  const [features, cohorts, organisation] = await Promise.all([
    ctx.db.feature.findMany({
      where: { archivedAt: null, states: { some: { environmentId } }, ...(key !== undefined && { key }) },
      select: {
        key: true,
        name: true,
        outputName: true,
        measurement: true,
        scenarios: named,
        releases: { select: { id: true, name: true } },
      },
      orderBy: { name: "asc" },
    }),
    ctx.db.cohort.findMany({ where: { environmentId }, ...named }),
    organisationRow(ctx.db),
  ]);
  const table = (rows: readonly { key: string; name: string }[]) =>
    Object.fromEntries(rows.map((row) => [row.key, row.name]));
  return features.map((feature) => {
    const { metrics, weights } = measurementOf(feature.measurement);
    return {
      names: {
        feature: { key: feature.key, name: feature.name },
        scenarios: table(feature.scenarios),
        cohorts: table(cohorts),
        releases: Object.fromEntries(feature.releases.map(({ id, name }) => [id, name])),
      },
      outputs: feature.outputName,
      chosen: metrics,
      weights,
      zone: organisation.zone,
    };
  });
}
