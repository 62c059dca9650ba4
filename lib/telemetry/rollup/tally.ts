import type { SignalEvent } from "#lib/core/events/event.ts";
import type { SinkDecision } from "../event-sink.ts";
import { type About, groupOf, type Part, type Place } from "./about.ts";
import { LatencySums } from "./latency.ts";
import { decisionAmounts, firstAmounts, LATE_MS, latencyOf, valueAmounts } from "./measure-events.ts";
import { Sightings } from "./sightings.ts";
import { RollupSums } from "./sums.ts";
import { TaskLedger } from "./tasks.ts";
import { type UserDayRow, UserDays } from "./user-days.ts";

/** An event with what it is about; times epoch ms. */
export type Told<E> = { event: E; receivedAt: number; at: number; about: About };
/** The day of the organisation's zone in which something happened. */
type DayOf = UserDayRow["day"] & { start: number };

/** What a batch adds up to by itself: nothing in it depends on what was there before. */
export class Tally {
  readonly sums: RollupSums;
  readonly latencies = new LatencySums();
  readonly tasks = new TaskLedger();
  readonly users = new UserDays();
  readonly sightings = new Sightings();
  readonly #places = new Map<string, Place>();

  constructor(minutesSince?: number) {
    this.sums = new RollupSums(minutesSince);
  }

  /** Where that counts which `put` was told of. @throws Error for anything else. */
  placeOf({ id }: About): Place {
    const place = this.#places.get(id);
    if (!place) throw new Error("The part of the traffic that this is in was not asked for.");
    return place;
  }

  isPut({ id }: About): boolean {
    return this.#places.has(id);
  }

  put({ id, user }: About, part: Part): Place {
    const place = { part, group: groupOf(user) };
    this.#places.set(id, place);
    return place;
  }

  decision({ event, receivedAt, at, about }: Told<SinkDecision>, day: DayOf): void {
    const place = this.placeOf(about);
    this.sums.add(place, at, day.start, decisionAmounts(event, receivedAt - at > LATE_MS));
    const latency = latencyOf(event);
    if (latency !== null) this.latencies.add(place.part, at, day.start, latency);
    if (about.task !== null) this.tasks.decision(about.task, place, about.id, at);
    this.users.decision(about, day, event.initiatedBy === "user");
    this.sightings.decision(place.part, about.user, event, at);
  }

  /** All of a signal but whether it is the first of its kind; without a decision it counts by itself. */
  signal({ event, receivedAt, at, about }: Told<SignalEvent>, day: DayOf): void {
    const place = this.placeOf(about);
    const { kind, value = null, changed = null, label = null } = event;
    this.sums.add(place, at, day.start, valueAmounts({ kind, value, changed, label }, receivedAt - at > LATE_MS));
    if (!event.decisionId) this.sums.add(place, at, day.start, firstAmounts(kind, 1));
    if (kind === "regenerated" && about.task !== null) this.tasks.regenerated(about.feature, about.task);
    this.users.signal(about, day, kind, at);
  }
}
