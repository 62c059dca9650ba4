import type { Context } from "#lib/context.ts";
import { changesAround } from "#lib/core/metrics/onset.ts";
import type { Verdict } from "#lib/core/metrics/verdict.ts";
import { figureSource } from "#lib/telemetry/store.ts";
import { featureHref } from "../present/markers.ts";
import type { Finding, Told } from "../present/panels.ts";
import type { Behind, Marker } from "../schema.ts";
import type { Marked } from "./markers.ts";
import { onsetIn } from "./onset.ts";
import type { Page } from "./page.ts";
import { readSinceControl } from "./since-control.ts";

/** Nothing is worse, or nothing more can be said. */
export const NOTHING_BEHIND: Behind = { began: null, sinceControl: null };

/**
 * What a person asks next when something is worse: since when, what was changed then, and whether the newest control has helped. `markers`: of the time that the
 * period is held against, too.
 */
export async function readBehind(
  ctx: Context,
  page: Page,
  told: Told,
  { standing, metric }: Verdict,
  { findings, marked, markers }: { findings: readonly Finding[]; marked: Marked; markers: readonly Marker[] },
): Promise<Behind> {
  const finding = findings.find(({ definition }) => definition.key === metric);
  if (standing !== "worse" || !finding) return NOTHING_BEHIND;
  const asking = { source: figureSource(), environmentId: ctx.environment.id, now: ctx.now };
  const onset = onsetIn(page, told, finding);
  const sinceControl = await readSinceControl(asking, page, told, finding, marked.controls);
  return {
    began: onset && { at: onset.at, until: onset.until, changes: changesAround(onset, markers) },
    sinceControl: sinceControl && { ...sinceControl, href: featureHref(ctx.environment.key, page.query.feature) },
  };
}
