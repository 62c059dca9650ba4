import type { Ruleset } from "#lib/core/decision/ruleset.ts";
import { diffRulesets } from "#lib/core/delivery/patch.ts";
import type { Heartbeat, RulesetName } from "#lib/core/delivery/wire.ts";

const encoder = new TextEncoder();

/** `<epoch>.<version>`: the id of a stream event and, in quotes, the entity tag of a ruleset. */
export function nameText({ epoch, version }: RulesetName): string {
  return `${epoch}.${version}`;
}

/** Reads what `nameText` wrote; null for anything else. */
export function parseName(text: string | null): RulesetName | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,15})$/.exec(text ?? "");
  return match?.[1] ? { epoch: match[1], version: Number(match[2]) } : null;
}

/** A ruleset with its hash, as the hub holds it. */
export type Held = { ruleset: Ruleset; hash: string };

/** JSON that only lacks its last member, the server's time: serialised once for all clients, and still telling each the time it was sent. */
export type OpenJson = { head: Uint8Array; id: string };

function openJson(id: string, message: object, before = ""): OpenJson {
  return { id, head: encoder.encode(`${before}${JSON.stringify(message).slice(0, -1)},"serverTime":`) };
}

/** The whole ruleset: `event: ruleset`, and without its frame the body of `GET /api/v1/ruleset`. */
export function wholeMessage(held: Held): OpenJson {
  return openJson(nameText(held.ruleset), { kind: "whole", hash: held.hash, ruleset: held.ruleset });
}

/** What leads from one ruleset to another: `event: ruleset`. */
export function patchMessage(from: Held, to: Held): OpenJson {
  const { serverTime: _, ...patch } = diffRulesets(from.ruleset, to.ruleset);
  return openJson(nameText(to.ruleset), patch);
}

/** The JSON, closed with the time it is sent at (epoch ms). */
export function closeJson(open: OpenJson, serverTime: number): Uint8Array {
  return Buffer.concat([open.head, encoder.encode(`${serverTime}}`)]);
}

/** The JSON as one event of the stream. */
export function rulesetEvent(open: OpenJson, serverTime: number): Uint8Array {
  const frame = encoder.encode(`id: ${open.id}\nevent: ruleset\ndata: `);
  return Buffer.concat([frame, open.head, encoder.encode(`${serverTime}}\n\n`)]);
}

export function heartbeatEvent(heartbeat: Heartbeat): Uint8Array {
  return encoder.encode(`event: heartbeat\ndata: ${JSON.stringify(heartbeat)}\n\n`);
}

/** How long a client should wait before it comes back, milliseconds. */
export function retryHint(ms: number): Uint8Array {
  return encoder.encode(`retry: ${Math.round(ms)}\n\n`);
}
