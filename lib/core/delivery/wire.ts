import { z } from "zod";

/** The name of a ruleset. A new epoch always wins; within one epoch the higher version. Epochs are UUIDs, compared in lower case. */
export const rulesetName = z.object({ epoch: z.string().toLowerCase(), version: z.number().int().min(0) });
export type RulesetName = z.infer<typeof rulesetName>;

/**
 * `event: heartbeat` on the stream, every 5 s. `serverTime` in epoch ms.
 * `connection` names this live connection: acknowledgements made while it is open carry it.
 */
export const heartbeat = rulesetName.extend({ serverTime: z.number(), connection: z.string() });
export type Heartbeat = z.infer<typeof heartbeat>;

/**
 * `event: ruleset` with a patch. Applies only on exactly `from`; `hash` is `rulesetHash` of the result. `set` maps `head` or `table/key`
 * to its whole new value, `removed` lists `table/key`. Any mismatch: fetch the whole. `serverTime` in epoch ms.
 */
export const rulesetPatch = z.object({
  kind: z.literal("patch"),
  from: rulesetName,
  to: rulesetName,
  hash: z.string(),
  set: z.record(z.string(), z.unknown()),
  removed: z.array(z.string()),
  serverTime: z.number(),
});
export type RulesetPatch = z.infer<typeof rulesetPatch>;

/** `event: ruleset` with the whole ruleset; also the body shape of `GET /api/v1/ruleset` (whose ETag is `"<epoch>.<version>"`). */
export const rulesetWhole = z.object({
  kind: z.literal("whole"),
  hash: z.string(),
  ruleset: z.unknown(),
  serverTime: z.number(),
});
export type RulesetWhole = z.infer<typeof rulesetWhole>;

/** Events that never came to the server: the buffer was full, they could not be made, or the host closed while they could not be sent. */
const dropped = z.object({ decisions: z.number().int(), signals: z.number().int() });

/**
 * `POST /api/v1/acknowledgements`: which ruleset this instance follows, with all needed blobs loaded. Sent on each applied ruleset and at least every
 * 20 s (that is how an instance is heard from). `features`: feature key -> epoch ms of last use by this instance (last 24 h).
 */
export const acknowledgement = z.object({
  /** In lower case, as the database tells it: two of one batch that differ in nothing else are one instance. */
  instance: z.uuid().toLowerCase(),
  /** Host-given name of the product, e.g. `support-desk`. */
  app: z.string().min(1).max(100),
  /** A name a person recognises, e.g. `support-desk on web-2 (pid 412)`. */
  name: z.string().min(1).max(200),
  sdk: z.string().max(50),
  /** The live stream's `connection`, null while polling. */
  connection: z.string().nullable(),
  ruleset: rulesetName.nullable(),
  /** Server time (epoch ms) at which this instance began to follow `ruleset`. */
  appliedAt: z.number(),
  features: z.record(z.string(), z.number()),
  /** Events dropped since the last acknowledgement that was answered. All that SDKs tell that do not know `droppedTotal`: of them, an answer that is lost counts twice. */
  dropped,
  /** Events dropped since the instance began, the same however often it is said; goes before `dropped`. */
  droppedTotal: dropped.optional(),
  /** True in the last one, sent by `close()`. */
  closing: z.boolean(),
});
export type Acknowledgement = z.infer<typeof acknowledgement>;
