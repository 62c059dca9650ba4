import { authorize, type Context } from "#lib/context.ts";
import { DistinctPeople } from "#lib/core/metrics/distinct-people.ts";
import { transaction } from "#lib/db/transaction.ts";
import type { EvidenceAsked } from "#lib/telemetry/evidence-source.ts";
import { evidenceSource } from "#lib/telemetry/store.ts";
import { recordAudit } from "../audit/record.ts";
import { EVIDENCE_WRITERS } from "./present.file.ts";
import { answersInWords, evidenceFileName, inDigits, sizeInWords, utcMoment } from "./present.ts";
import { evidenceNames, featureName, partKept, sizeOf } from "./queries.ts";
import { type AnswersCount, type EvidenceInput, type EvidenceSize, evidenceInput } from "./schema.ts";

/**
 * An export that has been written down in the audit log and can be read, once, page by page. Who does not read it to its end calls `brokenOff`, so that the
 * log says how far it was.
 */
export type EvidenceExport = EvidenceSize & {
  name: string;
  mediaType: string;
  pages: AsyncGenerator<string, void>;
  brokenOff: (now: Date) => Promise<void>;
};

/** `signal` ends it early. `again` gives the caller's Context as of now: an export that is under way ends with the session, key or role that it was asked for with. */
export type ExportOptions = { signal: AbortSignal; again: () => Promise<Context> };

/**
 * Exports the decisions of a feature between two times, all or those with a sign of harm, with pseudonyms, controls and signals. Who is taking what is in the audit log
 * before the first of them leaves, and how many of whom really left before the last page ends. `pages` read the store only as fast as they are asked for.
 * @throws AppError `forbidden`, `not-found`, `precondition-failed` when nothing of that time is kept; `pages` throw `forbidden` or `unauthenticated` later.
 */
export async function exportEvidence(
  ctx: Context,
  raw: EvidenceInput,
  options: ExportOptions,
): Promise<EvidenceExport> {
  const input = evidenceInput.parse(raw);
  const { feature, answers, format } = input;
  authorize(ctx, "telemetry.export", { feature });
  const span = { from: Date.parse(input.from), to: Date.parse(input.to) };
  const name = await featureName(ctx, feature);
  const [names, size] = await Promise.all([
    evidenceNames(ctx, feature),
    sizeOf(ctx, { feature, span, answers }, options.signal),
  ]);
  const what = `who was affected by ${name} from ${utcMoment(span.from)} to ${utcMoment(span.to)}`;
  const writeDown = writerOf(input);
  await writeDown(ctx, `Export of ${what} was begun: ${sizeInWords(size, answers)}.`, size);

  const writer = EVIDENCE_WRITERS[format];
  const kept = size.keptSince === null ? span : partKept(ctx, span, Date.parse(size.keptSince));
  const people = new DistinctPeople();
  let [decisions, unnamed] = [0, 0];
  const left = () => ({ decisions, unnamed, ...people.count() });
  const allowedStill = async () => {
    const latest = await options.again();
    authorize(latest, "telemetry.export", { feature });
    return latest;
  };
  const writeEnd = once(writeDown);

  async function* pages(): AsyncGenerator<string, void> {
    yield writer.head();
    const asked: EvidenceAsked = { feature, span: kept, answers };
    for await (const rows of evidenceSource().read(ctx.environment.id, asked, options.signal)) {
      await allowedStill();
      decisions += rows.length;
      for (const { user } of rows) {
        if (user === null) unnamed += 1;
        else people.add(user);
      }
      yield writer.page(rows, names);
    }
    const { now } = await allowedStill();
    options.signal.throwIfAborted();
    const sentence = `${what[0]?.toUpperCase()}${what.slice(1)} was exported: ${sizeInWords(left(), answers)}.`;
    await writeEnd({ ...ctx, now }, sentence, left());
  }
  function brokenOff(now: Date): Promise<void> {
    const most = answersInWords(Math.max(decisions, size.decisions), answers);
    const sentence = `Export of ${what} was broken off: at most ${inDigits(decisions)} of ${most} had been sent.`;
    return writeEnd({ ...ctx, now }, sentence, left());
  }
  const about = { environment: ctx.environment.key, feature, ...span, answers, format };
  return { ...size, name: evidenceFileName(about), mediaType: writer.mediaType, pages: pages(), brokenOff };
}

/** `write` until it has worked once: one waits for the other, so that an end is never written down twice, and one that failed does not keep the next from it. */
function once<A extends unknown[]>(write: (...args: A) => Promise<unknown>): (...args: A) => Promise<void> {
  let written = false;
  let last: Promise<void> = Promise.resolve();
  return (...args) => {
    last = last
      .catch(() => {})
      .then(async () => {
        if (!written) await write(...args);
        written = true;
      });
    return last;
  };
}

/** Entries of one export in the audit log. */
function writerOf({ feature, from, to, answers, format }: EvidenceInput) {
  return (ctx: Context, sentence: string, { decisions, unnamed, people, exact }: AnswersCount) =>
    transaction(ctx.db, (tx) =>
      recordAudit(tx, ctx, {
        action: "telemetry.export",
        target: `feature:${feature}`,
        featureKey: feature,
        sentence,
        details: { from, to, answers, format, decisions, unnamed, people, exact },
      }),
    );
}
