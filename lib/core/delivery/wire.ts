import { z } from "zod";

/** The name of a ruleset. A new epoch always wins; within one epoch the higher version. */
export const rulesetName = z.object({ epoch: z.string(), version: z.number().int().min(0) });
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

/**
 * `POST /api/v1/acknowledgements`: which ruleset this instance follows, with all needed blobs loaded. Sent on each applied ruleset and at least every
 * 20 s (that is how an instance is heard from). `features`: feature key -> epoch ms of last use by this instance (last 24 h).
 */
export const acknowledgement = z.object({
  instance: z.uuid(),
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
  /** Events dropped since the last acknowledgement because the buffer was full. */
  dropped: z.object({ decisions: z.number().int(), signals: z.number().int() }),
  /** True in the last one, sent by `close()`. */
  closing: z.boolean(),
});
export type Acknowledgement = z.infer<typeof acknowledgement>;
