import { setImmediate as aTurn } from "node:timers/promises";
import type { ClientBase } from "pg";
import type { SignalEvent } from "#lib/core/events/event.ts";
import type { SinkDecision } from "../event-sink.ts";
import type { About, Place } from "../rollup/about.ts";
import { type Amounts, firstAmounts } from "../rollup/measure-events.ts";
import { Tally, type Told } from "../rollup/tally.ts";
import { Calendar } from "./calendar.ts";
import { type DimensionMemory, DimensionValues } from "./dimension-values.ts";
import { Parts } from "./parts.ts";
import type { AttributedSignal, Received } from "./raw-rows.ts";
import { readTasks } from "./read-state.ts";
import { Remembered } from "./remembered.ts";
import {
  type FirstSignal,
  writeControlHours,
  writeFirstSignals,
  writeInstanceHours,
  writeReleases,
  writeTasks,
} from "./write-facts.ts";
import { writeBins, writeRollups } from "./write-rollups.ts";
import { writeUsers } from "./write-users.ts";

/** What is remembered between batches. */
export type CountMemory = {
  calendar: Calendar;
  dimensions: DimensionMemory;
  /** Users of releases, and users' days. */
  releases: Remembered;
  days: Remembered;
};
export const newMemory = (): CountMemory => ({
  calendar: new Calendar(),
  dimensions: new Map(),
  releases: new Remembered(),
  days: new Remembered(),
});

/** A decision with what it is about, from the event itself. */
export function tellDecision({ event, receivedAt }: Received<SinkDecision>): Told<SinkDecision> {
  const { id, scenarios, cohorts, dimensions, feature, release, arm, userHash, task } = event;
  const about = {
    ...{ id, scenarios, cohorts, dimensions },
    ...{ feature: feature ?? "", release: release ?? "", arm: arm ?? "", user: userHash ?? null, task: task ?? null },
  };
  return { event, receivedAt, at: Date.parse(event.at), about };
}

/** A signal without a decision is about what it names itself. */
function aboutSignal({ event, about }: AttributedSignal): About {
  if (about) return about;
  const { id, feature = "", scenarios = [], userHash = null } = event;
  // Named apart from a decision that has the same id.
  return {
    id: `signal ${id}`,
    feature,
    scenarios,
    cohorts: [],
    dimensions: {},
    release: "",
    arm: "",
    user: userHash,
    task: null,
  };
}

/** Where and when a batch is counted. `minutesSince`: buckets by the minute are kept from then on only, epoch ms. */
export type Frame = { environmentId: string; zone: string; minutesSince?: number };

export type Counted = Frame & {
  /** Decisions and signals that were stored (or settled) in this transaction, each once. */
  decisions: readonly Told<SinkDecision>[];
  signals: readonly AttributedSignal[];
  /** The decisions, counted before their turn. */
  ahead: Ahead | null;
};

/** Decisions that are added up already, and how their parts of the traffic are told apart. */
export type Ahead = { parts: Parts; tally: Tally };

const beginning = (memory: CountMemory, { environmentId, minutesSince }: Frame): Ahead => ({
  parts: new Parts(new DimensionValues(memory.dimensions, environmentId)),
  tally: new Tally(minutesSince),
});

/** Events that are added up without a pause: longer than this nobody else's answer waits. */
const STRETCH = 250;

/**
 * Adds up decisions while another batch of the environment may still be at work, which is most of what counting costs this process. Null where something
 * must be asked for first, as with a new value of a dimension: then it waits for its turn.
 */
export async function countAhead(
  memory: CountMemory,
  frame: Frame,
  decisions: readonly Told<SinkDecision>[],
): Promise<Ahead | null> {
  const dayOf = memory.calendar.remembered(
    frame.zone,
    decisions.map(({ at }) => at),
  );
  if (!dayOf) return null;
  const { parts, tally } = beginning(memory, frame);
  for (const [index, decision] of decisions.entries()) {
    if (index % STRETCH === STRETCH - 1) await aTurn();
    const part = parts.remembered(decision.about);
    if (!part) return null;
    tally.put(decision.about, part);
    tally.decision(decision, dayOf(decision.at));
  }
  return { parts, tally };
}

/**
 * Adds what was stored to every table of `migrations/0003_rollups.sql`, in the transaction that stored it and with the environment to itself. What is
 * already counted is moved by the difference, so that nothing depends on the order in which events come. Answers with what is
 * to be done when the transaction has come to a good end.
 */
export async function countBatch(client: ClientBase, memory: CountMemory, batch: Counted): Promise<() => void> {
  const { environmentId, zone, decisions, minutesSince = -Infinity } = batch;
  const signals = batch.signals.map((row) => ({ ...row, at: Date.parse(row.event.at), about: aboutSignal(row) }));
  if (decisions.length + signals.length === 0) return () => {};

  const { parts, tally } = batch.ahead ?? beginning(memory, batch);
  const left = batch.ahead ? [] : decisions;
  const toPut = [...left, ...signals].map(({ about }) => about).filter((about) => !tally.isPut(about));
  (await parts.learn(client, toPut)).forEach((part, index) => {
    const about = toPut[index];
    if (about) tally.put(about, part);
  });
  const learnDays = (moments: readonly number[]) => memory.calendar.learn(client, zone, moments);
  const dayOf = await learnDays([...left, ...signals].map(({ at }) => at));
  for (const decision of left) tally.decision(decision, dayOf(decision.at));

  const firsts = firstSignals(signals);
  const addSignals = async () => {
    for (const signal of signals) tally.signal(signal, dayOf(signal.at));
  };
  // The database looks for the earliest ones while they are added up here.
  const [firstBefore] = await Promise.all([writeFirstSignals(client, environmentId, firsts), addSignals()]);
  const known = await readTasks(client, environmentId, tally.tasks.names());
  const { tasks, changes } = tally.tasks.settle(known);
  const dayThen = await learnDays([
    ...[...decisions, ...signals].map(({ at }) => at),
    ...changes.map(({ at }) => at),
    ...firstBefore.filter((at) => at !== null),
  ]);
  const add = (place: Place, at: number, amounts: Amounts) => tally.sums.add(place, at, dayThen(at).start, amounts);
  firsts.forEach(({ about, kind, at }, index) => {
    const before = firstBefore[index] ?? null;
    if (before !== null && before <= at) return;
    if (before !== null) add(tally.placeOf(about), before, firstAmounts(kind, -1));
    add(tally.placeOf(about), at, firstAmounts(kind, 1));
  });
  for (const { place, at, amounts } of changes) add(place, at, amounts);

  await parts.store(client);
  await writeTasks(client, environmentId, tasks);
  await writeRollups(client, environmentId, tally.sums.rows());
  const bins = tally.latencies.rows();
  const kept = bins.filter(({ resolution, bucket }) => resolution !== "minute" || bucket >= minutesSince);
  await writeBins(client, environmentId, kept);
  const rememberDays = await writeUsers(client, environmentId, memory.days, tally.users.rows());
  await writeControlHours(client, environmentId, tally.sightings.controls());
  await writeInstanceHours(client, environmentId, tally.sightings.instances());
  const rememberReleases = await writeReleases(client, environmentId, memory.releases, tally.sightings.releases());
  return () => {
    rememberDays();
    rememberReleases();
  };
}

type KnownSignal = Told<SignalEvent>;
type KnownFirst = FirstSignal & { kind: SignalEvent["kind"]; about: About };

/** The earliest of each kind of each decision in the batch. */
function firstSignals(signals: readonly KnownSignal[]): KnownFirst[] {
  const firsts = new Map<string, KnownFirst>();
  for (const { event, at, about } of signals) {
    if (!event.decisionId) continue;
    const key = `${event.decisionId}${event.kind}`;
    const before = firsts.get(key);
    if (!before || at < before.at) firsts.set(key, { decisionId: event.decisionId, kind: event.kind, at, about });
  }
  return [...firsts.values()];
}
