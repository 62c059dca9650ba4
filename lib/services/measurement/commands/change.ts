import { authorize, type Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { metricByKey } from "#lib/core/metrics/definitions.ts";
import { type Tx, transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { recordAudit } from "../../audit/record.ts";
import { changedMeanwhile, measurementChanges, measurementOf } from "../present.ts";
import { mayMeasure, measuredFeature } from "../queries.ts";
import { type ChangeMeasurementInput, changeMeasurementInput } from "../schema.ts";

/**
 * Changes how a feature is measured, in every environment. `version` is what the person read: saving on top of somebody else's change is refused,
 * naming who and when. Saving what is there already changes nothing. Returns the version it has now.
 * @throws AppError `invalid-input` for a metric that does not exist; `conflict`; `forbidden`; `not-found`.
 */
export async function changeMeasurement(ctx: Context, raw: ChangeMeasurementInput): Promise<{ version: number }> {
  const { environment: _, feature: key, version, ...wanted } = changeMeasurementInput.parse(raw);
  authorize(ctx, "measurement.change", { feature: key });
  const metrics = [...new Set(wanted.metrics)];
  const unknown = metrics.filter((metric) => !metricByKey(metric));
  if (unknown.length > 0) throw new AppError("invalid-input", `There is no metric called ${unknown.join(", ")}.`);

  return transaction(ctx.db, async (tx) => {
    const feature = await measuredFeature(tx, ctx, key);
    const answer = mayMeasure(ctx, feature);
    if (!answer.allowed) throw new AppError("forbidden", `${answer.because} ${answer.whoCould}`);
    const after = { ...wanted, metrics };
    const before = measurementOf(feature.measurement);
    const changes = measurementChanges(before, after);
    if (before.version !== version) throw conflict(feature.measurement && before.changed, ctx);
    if (changes.length === 0) return { version };

    const saved = await save(tx, feature.id, version, {
      ...after,
      version: version + 1,
      changedAt: ctx.now,
      changedBy: actorReference(ctx.actor),
      changedByName: ctx.actor.name,
    });
    // Somebody saved between the read and the write of this transaction.
    if (!saved) throw conflict(measurementOf((await measuredFeature(tx, ctx, key)).measurement).changed, ctx);
    await recordAudit(tx, ctx, {
      action: "measurement.change",
      target: `feature:${key}`,
      everywhere: true,
      featureKey: key,
      sentence: `How ${feature.name} is measured was changed. ${changes.join(" ")}`,
      details: { measurement: version + 1, metrics: metrics.join(" ") },
    });
    return { version: version + 1 };
  });
}

type Saved = Omit<NonNullable<Parameters<Tx["measurement"]["create"]>[0]>["data"], "feature" | "featureId">;

async function save(tx: Tx, featureId: string, version: number, data: Saved): Promise<boolean> {
  const { count } =
    version === 0
      ? await tx.measurement.createMany({ data: [{ ...data, featureId }], skipDuplicates: true })
      : await tx.measurement.updateMany({ where: { featureId, version }, data });
  return count === 1;
}

function conflict(changed: Parameters<typeof changedMeanwhile>[0], ctx: Context): AppError {
  return new AppError("conflict", changedMeanwhile(changed, ctx.now.getTime()));
}
