import type { PeopleOf } from "#lib/core/metrics/enough.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import { isOf, MOST_LINES, type Pair, peopleOfPair, seenArms } from "../present/arms.ts";
import { PERIOD_DAYS } from "../present/frame.ts";
import { armLabel, cutLabel } from "../present/names.ts";
import type { HeldSums, LineSource, Told } from "../present/panels.ts";
import { peopleLately } from "../present/people-lately.ts";
import { byBucket, decisionsOf, hasLatencies, peopleWithin, type Sums, sumsOf } from "../present/samples.ts";
import type { Page } from "./page.ts";
import type { ComparedArms } from "./pair.ts";
import { firstOf } from "./rows.ts";
import { weekEarlier } from "./week-earlier.ts";

/** What the figures of a page are told from. */
export function toldOf(page: Page): Told {
  const { query, frame, rows, now, subject, pair } = page;
  const people = peopleOfPeriod(page);
  const sample = pair
    ? armSums(page, pair, "candidate")
    : sumsOf(rows.now, rows.bins, rows.groups, people.sample, rows.borrowed);
  const recent = pair ? page.recent.filter(isOf(pair.candidate)) : page.recent;
  const held: HeldSums = pair
    ? { with: "release", label: "the current release, same hours", sums: armSums(page, pair, "current"), share: 1 }
    : {
        with: "week-before",
        label: frame.heldLabel,
        sums: sumsOf(rows.held, rows.heldBins, rows.heldGroups, people.held, rows.borrowed),
        share: (frame.span.to - frame.span.from) / heldLength(page),
      };
  const short = !pair && PERIOD_DAYS[query.period] === 1;
  const weekAgo = short ? weekEarlier(page) : null;
  return {
    span: frame.span,
    now,
    rolling: query.period === "3h" ? 3 * HOUR_MS : PERIOD_DAYS[query.period] * DAY_MS,
    weights: subject.weights,
    sample,
    held,
    planned: pair?.planned,
    counts: short ? weekAgo : held,
    weekAgo: weekAgo?.sums ?? null,
    timed: hasLatencies(query.cut, frame.resolution),
    recent: sumsOf(recent, [], [], peopleLately(sample, recent, pair ? null : page)),
    lines: linesOf(page),
    users: usersOf(page),
    windows: pair ? [] : windowsOf(page),
    people: people.shown,
    reported: page.reported,
    reportedDays: reportedDays(page),
    since: Math.max(frame.span.from, beganIn(page)),
    lastReportedAt: page.lastReportedAt,
  };
}

/** Since when what is shown was there, epoch ms: a candidate since its first hour, also where days are drawn; 0 where it was there before the period. */
function beganIn({ pair, rows }: Page): number {
  if (pair) return firstOf(pair.sides.candidate.rows) ?? pair.candidate.first;
  return rows.held.length > 0 ? 0 : (firstOf(rows.now) ?? 0);
}

function armSums({ rows, segments, frame }: Page, pair: ComparedArms, side: keyof Pair): Sums {
  const { rows: own, bins } = pair.sides[side];
  const people = peopleOfPair(pair, segments.releases, { from: frame.span.from, people: pair.people });
  return sumsOf(
    own,
    bins,
    rows.groups.filter(isOf(pair[side])),
    // Of a part of the traffic nobody knows how many people it had.
    pair.people === null ? null : people[side],
    rows.borrowed,
  );
}

/** How many people were there: exactly, of days; at least, of hours; not known of a part of the traffic, nor where the product sends no pseudonyms. */
export function peopleOfPeriod({
  query,
  users,
  reports,
  rows,
}: Page): Record<"sample" | "held" | "shown", number | null> {
  if (users === null) return { sample: null, held: null, shown: null };
  const told = reports.users.users || null;
  const before = users.held || null;
  const part = (people: number | null, some: Page["recent"], whole: Page["rows"]["groups"]) =>
    people === null ? null : peopleWithin(people, decisionsOf(some), decisionsOf(whole));
  if (query.period !== "3h" && query.period !== "24h") return { sample: told, held: before, shown: told };
  const sample = part(told, rows.now, rows.groups);
  if (query.period === "3h") return { sample, held: part(before, rows.held, rows.heldGroups), shown: null };
  // All of today is in the last 24 hours.
  const today = users.rows.at(-1)?.users1 ?? 0;
  return { sample: sample === null ? null : Math.max(sample, today), held: before, shown: null };
}

/** Yesterday, and the standard windows that end with it. */
function windowsOf({ users }: Page): PeopleOf[] {
  const yesterday = users?.rows.at(-2);
  if (!yesterday) return [];
  const { users1, users7, users28 } = yesterday;
  return [
    { days: 1, users: users1 },
    { days: 7, users: users7 },
    { days: 28, users: users28 },
  ];
}

/** How long the time was in which what it is held against was counted. */
function heldLength({ frame: { held, span, sameHours: same }, rows }: Page): number {
  const first = Math.max(held.from, rows.heldSince ?? held.from);
  if (!same) return Math.max(HOUR_MS, held.to - first);
  const hours = Math.ceil(span.to / HOUR_MS) - Math.floor(span.from / HOUR_MS);
  return hours * HOUR_MS * Math.min(7, Math.ceil((span.from - first) / DAY_MS));
}

function linesOf({ query, frame, rows, parts, subject, pair }: Page): LineSource[] {
  const { slots } = frame;
  const timed = hasLatencies(query.cut, frame.resolution);
  const line = (key: string, label: string, quiet: boolean, own: Pick<Page["parts"][number], "rows" | "bins">) => ({
    key,
    label,
    quiet,
    timed,
    rows: byBucket(own.rows),
    bins: own.bins,
    slots,
    shown: slots,
  });
  const whole = { rows: rows.now, bins: rows.bins };
  if (query.compare === "arms") {
    const arms = seenArms(rows.now).slice(0, MOST_LINES);
    const inOrder = pair
      ? arms.toSorted((a, b) => Number(isOf(pair.candidate)(b)) - Number(isOf(pair.candidate)(a)))
      : arms;
    return inOrder.map((arm) => {
      const own = { rows: rows.now.filter(isOf(arm)), bins: rows.bins.filter(isOf(arm)) };
      const quiet = pair !== null && isOf(pair.current)(arm);
      return line(`arm:${arm.arm}:${arm.release}`, armLabel(arm, subject.names), quiet, own);
    });
  }
  const all = (quiet: boolean) => line("now", cutLabel(query.cut, subject.names), quiet, whole);
  if (query.compare === "before") {
    const before = { rows: byBucket(rows.earlier), bins: rows.earlierBins, slots: frame.earlier, shown: slots };
    return [all(false), { key: "before", label: frame.earlierLabel, quiet: true, timed, ...before }];
  }
  const beside = parts.map((part) => ({
    ...line(part.cut, cutLabel(part.cut, subject.names), false, part),
    timed: hasLatencies(part.cut, frame.resolution),
  }));
  return beside.length === 0 ? [all(false)] : [...beside, all(true)];
}

function usersOf({ query, frame, users, reports }: Page): Told["users"] {
  if (users === null) return null;
  const count = Math.max(7, PERIOD_DAYS[query.period]);
  const long = PERIOD_DAYS[query.period] > 1;
  const bare = { rows: [], bins: [], timed: false };
  return {
    days: { rows: users.rows, slots: users.slots, count, people: long ? reports.users.users || null : null },
    heldLabel: `the ${count} days before`,
    lines: long
      ? [
          { ...bare, key: "now", label: "All traffic", quiet: false, slots: frame.days, shown: frame.days },
          {
            ...bare,
            key: "before",
            label: count === 7 ? "7 days before" : `${count} days before`,
            quiet: true,
            slots: frame.heldDays,
            shown: frame.days,
          },
        ]
      : [],
  };
}

/** Starts of the days in which anybody reported, whatever the buckets are. */
function reportedDays({ frame, reported }: Page): Set<number> {
  if (frame.resolution === "day") return reported;
  const starts = [...reported];
  const days = [...frame.heldDays, ...frame.days];
  return new Set(
    days.filter(({ at, until }) => starts.some((start) => start >= at && start < until)).map(({ at }) => at),
  );
}
