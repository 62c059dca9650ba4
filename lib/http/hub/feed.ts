import type { RulesetName } from "#lib/core/delivery/wire.ts";
import { metrics } from "../metrics.ts";
import {
  type Held,
  heartbeatEvent,
  nameText,
  type OpenJson,
  patchMessage,
  rulesetEvent,
  wholeMessage,
} from "./messages.ts";
import type { StreamClient } from "./stream-client.ts";

/** Rulesets kept to patch from; whoever is further behind gets the whole. */
const KEPT = 32;

/** True for one that has this ruleset already, or a newer one of its epoch from a replica that was told earlier. */
function isAtLeast(has: RulesetName | null, current: RulesetName): boolean {
  return has !== null && has.epoch === current.epoch && has.version >= current.version;
}

/** One environment: its newest ruleset, a few before it, and who is listening. */
export class EnvironmentFeed {
  readonly environmentId: string;
  readonly clients = new Set<StreamClient>();
  #kept = new Map<string, Held>();
  #current: Held | null = null;
  #whole: OpenJson | null = null;
  /** Messages to the current ruleset, by the name of where they lead from. */
  #patches = new Map<string, OpenJson>();

  constructor(environmentId: string) {
    this.environmentId = environmentId;
  }

  get current(): Held | null {
    return this.#current;
  }

  /** The whole current ruleset as JSON; null before the first publication. */
  get whole(): OpenJson | null {
    if (this.#current) this.#whole ??= wholeMessage(this.#current);
    return this.#whole;
  }

  /** Names of blobs that the current or a recent ruleset refers to. */
  refersTo(sha256: string): boolean {
    for (const { ruleset } of this.#kept.values()) {
      if (Object.values(ruleset.releases).some((release) => release.blob === sha256)) return true;
      if (Object.values(ruleset.filters).some((filter) => filter.blob === sha256)) return true;
    }
    return false;
  }

  /** Makes a ruleset the newest and sends it to everyone. Older news of the same epoch is ignored. */
  advance(held: Held, now: number): void {
    const before = this.#current?.ruleset;
    if (before && before.epoch === held.ruleset.epoch && before.version >= held.ruleset.version) return;
    this.#current = held;
    this.#whole = null;
    this.#patches.clear();
    this.#kept.set(nameText(held.ruleset), held);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    this.#broadcast(now);
  }

  #broadcast(now: number): void {
    const bytes = new Map<OpenJson, Uint8Array>();
    for (const client of this.clients) {
      const message = this.#messageFrom(client.follows);
      if (!message) continue;
      const event = bytes.get(message) ?? rulesetEvent(message, now);
      bytes.set(message, event);
      client.follows = this.#nameOfCurrent();
      client.send(event, message === this.#whole);
    }
    if (bytes.size > 0) metrics().published.inc();
  }

  /** Adds a client that says which ruleset it has: a patch if that is known here, else the whole, then a first heartbeat. */
  join(client: StreamClient, has: RulesetName | null, now: number): void {
    this.clients.add(client);
    const message = this.#messageFrom(has);
    if (message) client.send(rulesetEvent(message, now), true);
    client.follows = message ? this.#nameOfCurrent() : has;
    this.beat(client, now);
  }

  beat(client: StreamClient, now: number): void {
    const name = this.#nameOfCurrent();
    if (name) client.send(heartbeatEvent({ ...name, serverTime: now, connection: client.connection }));
  }

  #nameOfCurrent(): RulesetName | null {
    return this.#current && { epoch: this.#current.ruleset.epoch, version: this.#current.ruleset.version };
  }

  /** What leads from there to the current ruleset; null when there is nothing to say. Each is made once. */
  #messageFrom(from: RulesetName | null): OpenJson | null {
    const current = this.#current;
    if (!current || isAtLeast(from, current.ruleset)) return null;
    const base = from && this.#kept.get(nameText(from));
    if (!from || !base) return this.whole;
    const known = this.#patches.get(nameText(from));
    if (known) return known;
    const patch = patchMessage(base, current);
    const smaller = this.whole && this.whole.head.byteLength <= patch.head.byteLength ? this.whole : patch;
    this.#patches.set(nameText(from), smaller);
    return smaller;
  }
}
