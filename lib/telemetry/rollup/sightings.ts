import { HOUR_MS } from "#lib/core/time.ts";
import type { SinkDecision } from "../event-sink.ts";
import type { Part } from "./about.ts";
import { WHOLE } from "./per-cut.ts";

/** How often something was seen in an hour; `hour` and `lastAt` epoch ms. */
export type HourCount = { name: string; feature: string; hour: number; decisions: number; lastAt: number };

/** A release and arm as a batch saw it; times epoch ms, users without repeats. */
export type ReleaseSeen = {
  feature: string;
  release: string;
  arm: string;
  firstAt: number;
  lastAt: number;
  users: Set<string>;
};

/** Which releases, controls and instances a batch of decisions names. */
export class Sightings {
  readonly #releases = new Map<string, ReleaseSeen>();
  /** The same ones, by the parts of them that were met. */
  readonly #byPart = new Map<Part, ReleaseSeen>();
  readonly #controls = new Map<string, HourCount>();
  readonly #instances = new Map<string, HourCount>();

  decision(part: Part, user: string | null, { controls, instance }: SinkDecision, at: number): void {
    const { feature } = part;
    for (const control of new Set(controls)) count(this.#controls, control, feature, at);
    count(this.#instances, instance, feature, at);
    const seen = this.#byPart.get(part) ?? this.#released(part, at);
    seen.firstAt = Math.min(seen.firstAt, at);
    seen.lastAt = Math.max(seen.lastAt, at);
    if (user !== null) seen.users.add(user);
  }

  #released(part: Part, at: number): ReleaseSeen {
    const { feature, release, arm } = part;
    const key = JSON.stringify([feature, release, arm]);
    const seen = this.#releases.get(key) ?? { feature, release, arm, firstAt: at, lastAt: at, users: new Set() };
    this.#releases.set(key, seen);
    this.#byPart.set(part, seen);
    return seen;
  }

  /** In which releases and arms decisions were answered; "" where they name none. */
  releases(): ReleaseSeen[] {
    return [...this.#releases.values()];
  }

  controls(): HourCount[] {
    return [...this.#controls.values()];
  }

  /** By feature and of the whole environment. */
  instances(): HourCount[] {
    const whole = new Map<string, HourCount>();
    for (const { name, hour, decisions, lastAt } of this.#instances.values()) {
      const key = `${name}\n${hour}`;
      const sum = whole.get(key) ?? { name, feature: WHOLE.feature, hour, decisions: 0, lastAt };
      whole.set(key, { ...sum, decisions: sum.decisions + decisions, lastAt: Math.max(sum.lastAt, lastAt) });
    }
    return [...this.#instances.values(), ...whole.values()];
  }
}

function count(rows: Map<string, HourCount>, name: string, feature: string, at: number): void {
  const hour = at - (at % HOUR_MS);
  const key = `${name}\n${feature}\n${hour}`;
  const row = rows.get(key);
  if (row) {
    row.decisions += 1;
    row.lastAt = Math.max(row.lastAt, at);
  } else rows.set(key, { name, feature, hour, decisions: 1, lastAt: at });
}
