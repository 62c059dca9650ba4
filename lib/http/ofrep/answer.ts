import { createHash } from "node:crypto";
import type { KeyContext } from "../authenticate.ts";
import { matchesEtag, strongEtag } from "../etag.ts";
import { getHub } from "../hub/get-hub.ts";
import { readJson } from "../read-body.ts";
import { evaluateAll, evaluateFlag, type Rules } from "./evaluate.ts";
import { heldRules } from "./held-rules.ts";
import { contextOf, type EvaluationSuccess } from "./protocol.ts";

/** The rules of the Context's environment now, as this server holds them. */
async function rulesOf(ctx: KeyContext): Promise<Rules> {
  const hub = getHub();
  const { current } = await hub.held(ctx.environment.id);
  if (!current) throw new Error("the hub gave a feed without rules");
  return heldRules(current.ruleset, hub.state.readAgoMs, Date.now());
}

/** Answers for one flag. `rules` only for tests. */
export async function flagAnswer(ctx: KeyContext, request: Request, key: string, rules?: Rules): Promise<Response> {
  const context = contextOf(await readJson(request));
  return Response.json(evaluateFlag(rules ?? (await rulesOf(ctx)), key, context, ctx.actor.scope), {
    headers: { "cache-control": "no-store" },
  });
}

/** Answers for all flags, or `304` when none changed for this context since the named tag. */
export async function bulkAnswer(ctx: KeyContext, request: Request, rules?: Rules): Promise<Response> {
  const context = contextOf(await readJson(request));
  const flags = evaluateAll(rules ?? (await rulesOf(ctx)), context, ctx.actor.scope);
  const etag = strongEtag(fingerprint(flags));
  const headers = { etag, "cache-control": "private, no-cache" };
  if (matchesEtag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return Response.json({ flags }, { headers });
}

/** What an answer says, without what differs from request to request (ids, sampling, the ruleset's name). */
function fingerprint(flags: readonly EvaluationSuccess[]): string {
  const passing = new Set(["id", "sample", "shadow", "ruleset", "decisionId", "rulesetEpoch", "rulesetVersion"]);
  const lasting = flags.filter(({ key }) => !key.endsWith(".sample"));
  const text = JSON.stringify(lasting, (name, value: unknown) => (passing.has(name) ? undefined : value));
  return createHash("sha256").update(text).digest("base64url").slice(0, 27);
}
