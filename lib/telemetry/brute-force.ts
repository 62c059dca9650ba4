import type { UserDay } from "#lib/core/metrics/user-counts.ts";
import { HOUR_MS } from "#lib/core/time.ts";
import {
  binOf,
  type Fact,
  factsOf,
  type Presence,
  presencesOf,
  type Received,
  type Switch,
  sumOf,
  switchesOf,
  tell,
} from "./brute-force-facts.ts";
import type { Cut, FigureSource, Resolution, Span } from "./figure-source.ts";

const QUARTER_MS = 900_000;
const LENGTH = { minute: 60_000, hour: HOUR_MS };

/** Days of a zone: which one a moment is in, and when it began. */
function daysIn(zone: string) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const starts = new Map<number, number>();
  const dayOf = (at: number) => format.format(at);
  const startOf = (at: number) => {
    const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
    const known = starts.get(quarter);
    if (known !== undefined) return known;
    let start = quarter;
    while (dayOf(start - QUARTER_MS) === dayOf(quarter)) start -= QUARTER_MS;
    starts.set(quarter, start);
    return start;
  };
  return { dayOf, startOf };
}

const isIn = ({ from, to }: Span, at: number) => at >= from && at < to;
const hour = (at: number) => Math.floor(at / HOUR_MS) * HOUR_MS;
const isOf = (feature: string, wanted: string) => wanted === "*" || feature === wanted;

/** The environment as a whole has no parts. */
const asWhole = (fact: Fact): Fact => ({ ...fact, cuts: [""], release: "", arm: "" });

/** Groups by a key of plain values, in the order of the keys. */
function grouped<T, K extends readonly (string | number)[]>(items: readonly T[], keyOf: (item: T) => K): [K, T[]][] {
  const groups = new Map<string, [K, T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(JSON.stringify(key)) ?? [key, []];
    group[1].push(item);
    groups.set(JSON.stringify(key), group);
  }
  const order = (a: K, b: K) => {
    for (const [index, left] of a.entries()) {
      const right = b[index];
      if (right !== undefined && left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
  return [...groups.values()].sort(([a], [b]) => order(a, b));
}

/** What is left out of the interface: the latencies themselves, against which quantiles from bins are held. */
type BruteForce = FigureSource & { latencies(environmentId: string, cut: Cut, span: Span): number[] };

/**
 * Figures by going through all events, straight from the definitions in lib/core/metrics: slow, simple, and written without a look at the SQL, so
 * that it can judge it. `givenUp`: ids of signals whose decision had not come when their wait was over.
 */
export function bruteForceFigures(
  received: readonly Received[],
  zone: string,
  givenUp: ReadonlySet<string>,
): BruteForce {
  const { dayOf, startOf } = daysIn(zone);
  const bucketOf = (at: number, resolution: Resolution) =>
    resolution === "day" ? startOf(at) : Math.floor(at / LENGTH[resolution]) * LENGTH[resolution];
  type Telling = { facts: Fact[]; presences: Presence[]; switches: Switch[]; told: ReturnType<typeof tell> };
  const tellings = new Map<string, Telling>();
  const of = (environmentId: string) => {
    const known = tellings.get(environmentId);
    if (known) return known;
    const told = tell(received, environmentId, givenUp);
    const fresh = { told, facts: factsOf(told), presences: presencesOf(told), switches: switchesOf(told) };
    tellings.set(environmentId, fresh);
    return fresh;
  };
  const factsIn = (environmentId: string, { feature, cut }: Cut, span: Span, resolution: Resolution) =>
    (feature === "*" ? of(environmentId).facts.map(asWhole) : of(environmentId).facts).filter(
      (fact) => isOf(fact.feature, feature) && fact.cuts.includes(cut) && isIn(span, bucketOf(fact.at, resolution)),
    );
  const daysOf = (span: Span) => {
    const days: string[] = [];
    for (let at = startOf(span.from); at < span.to; at = startOf(at + 36 * HOUR_MS)) {
      if (at >= span.from) days.push(dayOf(at));
    }
    return days;
  };
  /** The day `distance` days after `day`. */
  const later = (day: string, distance: number) =>
    new Date(Date.parse(`${day}T12:00:00Z`) + distance * 24 * HOUR_MS).toISOString().slice(0, 10);
  const usersOn = (environmentId: string, feature: string, days: ReadonlySet<string>) =>
    new Set(
      of(environmentId)
        .presences.filter((presence) => isOf(presence.feature, feature) && days.has(dayOf(presence.at)))
        .map(({ user }) => user),
    );
  const userDay = (environmentId: string, feature: string, day: string): UserDay => {
    const presences = of(environmentId).presences.filter((presence) => isOf(presence.feature, feature));
    const switches = of(environmentId)
      .switches.filter((one) => isOf(one.feature, feature))
      .toSorted((a, b) => a.at - b.at);
    const lastDays = (count: number) => new Set(Array.from({ length: count }, (_, back) => later(day, -back)));
    const afterwards = new Set(Array.from({ length: 7 }, (_, ahead) => later(day, ahead + 1)));
    const byUser = grouped(presences, ({ user }) => [user]).map(([, own]) => own.toSorted((a, b) => a.at - b.at));
    const fresh = byUser.filter(([first]) => first && dayOf(first.at) === day);
    const after = (own: Presence[]) => own.filter(({ at }) => afterwards.has(dayOf(at)));
    const switchedOff = (user: string, when: (on: string) => boolean) =>
      switches.findLast((one) => one.user === user && when(dayOf(one.at)))?.off ?? false;
    const met = usersOn(environmentId, feature, lastDays(1));
    const switched = new Set(switches.filter(({ at }) => dayOf(at) === day).map(({ user }) => user));
    const twoWeeksOn = later(day, 14);
    return {
      day,
      users1: met.size,
      users7: usersOn(environmentId, feature, lastDays(7)).size,
      users28: usersOn(environmentId, feature, lastDays(28)).size,
      newUsers: fresh.length,
      cameBack: fresh.filter((own) => after(own).length > 0).length,
      startedAgain: fresh.filter((own) => after(own).some(({ started }) => started)).length,
      keptOn: fresh.filter(([first]) => !switchedOff(first?.user ?? "", (on) => on <= twoWeeksOn)).length,
      usedOrSwitched: new Set([...met, ...switched]).size,
      leftOff: [...switched].filter((user) => switchedOff(user, (on) => on === day)).length,
    };
  };

  return {
    async window(environmentId, cut, span, resolution) {
      const facts = factsIn(environmentId, cut, span, resolution);
      return grouped(facts, ({ at, release, arm }) => [bucketOf(at, resolution), release, arm] as const).map(
        ([[bucket, release, arm], own]) => ({ bucket, release, arm, measures: sumOf(own) }),
      );
    },
    async userSums(environmentId, cut, span) {
      if (cut.cut !== "" && !cut.cut.startsWith("scenario:")) return [];
      const facts = factsIn(environmentId, cut, span, "day").filter(({ user }) => user !== null);
      const group = ({ user }: Fact) => Number.parseInt(user?.slice(0, 2) ?? "", 16) >> 3;
      return grouped(facts, (fact) => [fact.release, fact.arm, group(fact)] as const).map(
        ([[release, arm, ownGroup], own]) => ({ group: ownGroup, release, arm, measures: sumOf(own) }),
      );
    },
    async quantiles(environmentId, cut, span, resolution) {
      if (resolution === "minute" && cut.cut !== "") return [];
      if (cut.cut !== "" && !cut.cut.startsWith("scenario:")) return [];
      const binned = factsIn(environmentId, cut, span, resolution).flatMap((fact) =>
        fact.latencyMs === null ? [] : [{ ...fact, bin: binOf(fact.latencyMs) }],
      );
      const keyOf = ({ at, release, arm, bin }: (typeof binned)[number]) =>
        [bucketOf(at, resolution), release, arm, bin] as const;
      return grouped(binned, keyOf).map(([[bucket, release, arm, bin], { length: n }]) => ({
        bucket,
        release,
        arm,
        bin,
        n,
      }));
    },
    latencies: (environmentId, cut, span) =>
      factsIn(environmentId, cut, span, "minute").flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs])),
    async userDays(environmentId, feature, span) {
      return daysOf(span).map((day) => userDay(environmentId, feature, day));
    },
    async users(environmentId, feature, span) {
      return { users: usersOn(environmentId, feature, new Set(daysOf(span))).size, exact: true };
    },
    async segments(environmentId, feature, span) {
      const resolution = span.to - span.from <= 48 * HOUR_MS ? "hour" : "day";
      const { facts, told } = of(environmentId);
      const touched = { from: bucketOf(span.from, resolution), to: span.to };
      const cuts = facts
        .filter((fact) => isOf(fact.feature, feature) && isIn(touched, bucketOf(fact.at, resolution)))
        .flatMap(({ cuts: own, measures }) =>
          own.slice(1).map((cut) => ({ cut, decisions: Number(measures.decisions ?? 0) })),
        );
      const decisions = told.decisions.map(({ event }) => event).filter((event) => isOf(event.feature ?? "", feature));
      const releases = grouped(decisions, ({ release, arm }) => [release ?? "", arm ?? ""] as const).map(
        ([[release, arm], own]) => {
          const times = own.map(({ at }) => Date.parse(at));
          const users = new Set(own.flatMap(({ userHash }) => (userHash ? [userHash] : []))).size;
          return { release, arm, firstAt: Math.min(...times), lastAt: Math.max(...times), users };
        },
      );
      return {
        cuts: grouped(cuts, ({ cut }) => [cut] as const).map(([[cut], own]) => ({
          cut,
          decisions: own.reduce((sum, { decisions: n }) => sum + n, 0),
        })),
        releases: releases.filter(({ firstAt, lastAt }) => lastAt >= span.from && firstAt < span.to),
      };
    },
    async instances(environmentId, feature, span) {
      const decisions = of(environmentId)
        .told.decisions.map(({ event }) => event)
        .filter(
          (event) =>
            isOf(event.feature ?? "", feature) && isIn({ ...span, from: hour(span.from) }, Date.parse(event.at)),
        );
      return grouped(decisions, ({ instance }) => [instance] as const).map(([[instance], own]) => ({
        instance,
        decisions: own.length,
        lastAt: Math.max(...own.map(({ at }) => Date.parse(at))),
      }));
    },
    async controlHours(environmentId, controls, span) {
      const acted = of(environmentId).told.decisions.flatMap(({ event }) =>
        [...new Set(event.controls)].map((control) => ({ control, hour: hour(Date.parse(event.at)) })),
      );
      const wanted = acted.filter(
        (each) => controls.includes(each.control) && isIn({ ...span, from: hour(span.from) }, each.hour),
      );
      return grouped(wanted, (each) => [each.control, each.hour] as const).map(([[control, at], { length }]) => ({
        control,
        hour: at,
        decisions: length,
      }));
    },
    async lost(environmentId, span) {
      const { told } = of(environmentId);
      const inSpan = told.lost.filter(({ at }) => isIn(span, Date.parse(at)));
      const unattributed = inSpan.filter(({ id }) => givenUp.has(id)).length;
      const touched = { from: hour(span.from), to: span.to };
      const unassigned = told.decisions.filter(
        ({ event }) => event.feature === null && isIn(touched, hour(Date.parse(event.at))),
      ).length;
      return { unattributed, unassigned, waiting: inSpan.length - unattributed };
    },
  };
}
