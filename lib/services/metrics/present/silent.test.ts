import { describe, expect, it, test } from "vitest";
import type { Rhythm } from "./rhythm.ts";
import { isReplaced, type KnownServer, type Reported, silentServers, silentSince } from "./silent.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Thursday, at midnight. */
const now = 100 * 7 * DAY;
const ago = (minutes: number) => now - minutes * MINUTE;
const server = (about: Partial<KnownServer> = {}): KnownServer => ({
  id: "i-1",
  name: "desk-1",
  lastHeardAt: ago(0),
  usedAt: ago(0),
  reportedAt: ago(0),
  over: false,
  ...about,
});
const report = (about: Partial<Reported> = {}): Reported => ({
  instance: "i-1",
  decisions: 1_000,
  lastAt: ago(0),
  ...about,
});
/** Two weeks of hours up to so many minutes ago, each with as many requests as its hour of the day says. */
function rhythm(upTo: number, perHour: (hour: number) => number): Rhythm {
  const hours = new Map<number, number>();
  for (let at = now - 14 * DAY; at <= ago(upTo); at += HOUR) hours.set(at, perHour((at % DAY) / HOUR));
  return hours;
}
const steady = (perHour: number, upTo = 0) => rhythm(upTo, () => perHour);
const silent = (reported: Reported[], known: KnownServer[], asked: Rhythm = steady(250)) =>
  silentServers({ reported, known, rhythm: asked, now }).map(({ name, sentence }) => ({ name, sentence }));

describe("servers that stopped reporting", () => {
  it("are named with how long ago, and what the figures lack", () => {
    const gone = server({ id: "i-2", name: "desk-2", lastHeardAt: ago(23), usedAt: ago(24), reportedAt: ago(24) });
    expect(silent([report(), report({ instance: "i-2", lastAt: ago(24) })], [server(), gone])).toEqual([
      { name: "desk-2", sentence: "desk-2 has not reported for 23 minutes. Figures since then lack its part." },
    ]);
  });
  it("are named for as long as nobody has heard from them or dismissed them", () => {
    const gone = server({ id: "i-2", name: "desk-2", lastHeardAt: ago(3 * 1_440), reportedAt: ago(3 * 1_440) });
    expect(silent([report()], [server(), gone])).toEqual([
      { name: "desk-2", sentence: "desk-2 has not reported for 3 days. Figures since then lack its part." },
    ]);
  });
  it("are not those that closed in order or were dismissed", () => {
    const closed = server({ lastHeardAt: ago(60), reportedAt: ago(60), over: true });
    expect(silent([report({ lastAt: ago(60) })], [closed])).toEqual([]);
  });
  it("are not those that nobody asked anything for a while", () => {
    expect(silent([report({ lastAt: ago(300) })], [server({ usedAt: ago(300), reportedAt: ago(300) })])).toEqual([]);
  });
  test.each([
    ["since 40 minutes ago", 40, "40 minutes"],
    ["since Monday, whoever else reported since", 3 * 1_440, "3 days"],
  ])("are also those that run and use the feature while their events do not arrive, %s", (_, minutes, said) => {
    expect(silent([report({ instance: "i-2" })], [server({ usedAt: ago(1), reportedAt: ago(minutes) })])).toEqual([
      {
        name: "desk-1",
        sentence: `desk-1 is running and uses this feature, but has reported nothing for ${said}. Figures since then lack its part.`,
      },
    ]);
  });
});

test.each([
  ["another of its name that began later", { id: "i-2", name: "desk-1", firstHeardAt: ago(29) }, true],
  ["another of its name beside it", { id: "i-2", name: "desk-1", firstHeardAt: ago(31) }, false],
  ["one of another name", { id: "i-2", name: "desk-2", firstHeardAt: ago(29) }, false],
  ["itself", { id: "i-1", name: "desk-1", firstHeardAt: ago(29) }, false],
])("a server that fell silent is replaced by %s: %s", (_, other, expected) => {
  expect(isReplaced({ id: "i-1", name: "desk-1", lastHeardAt: ago(30) }, [other])).toBe(expected);
});

describe("servers that are known by their events alone", () => {
  const office = (hour: number) => (hour >= 9 && hour < 18 ? 660 : 0);
  test.each([
    ["busy around the clock, for two hours", 120, 3_000, steady(125, 120), 1],
    ["busy around the clock, for four minutes", 4, 6_000, steady(250), 0],
    ["hardly ever asked", 120, 12, steady(0.5, 120), 0],
    ["in an office that closed at six", 6 * 60 + 2, 6_000, rhythm(6 * 60 + 2, office), 0],
    ["in an office, since eleven in the morning", 13 * 60, 1_300, rhythm(13 * 60, office), 1],
  ])("%s", (_, minutes, decisions, asked, expected) => {
    expect(silent([report({ instance: "collector", lastAt: ago(minutes), decisions })], [], asked)).toHaveLength(
      expected,
    );
  });

  it("are expected to have their share of what the feature is asked", () => {
    const both = [
      report({ instance: "a", decisions: 10_000 }),
      report({ instance: "b", decisions: 10, lastAt: ago(60) }),
    ];
    expect(silent(both, [])).toEqual([]);
  });
});

describe("nobody has reported", () => {
  const open = { id: "i-1", over: false };
  const closed = { id: "i-1", over: true };
  const since = (about: Partial<Parameters<typeof silentSince>[0]> & { known?: KnownServer[] }) =>
    silentSince({
      ...{ reported: [], known: [], silent: 0, from: now - 7 * DAY, now, rhythm: steady(60) },
      last: null,
      ...about,
    });
  const at = (minutes: number, by = "i-1") => ({ last: { by, at: ago(minutes) } });
  const lately = (minutes: number) => ({ ...at(minutes), reported: [report({ lastAt: ago(minutes) })] });

  test.each([
    ["ever", {}, null],
    ["for a moment", { ...lately(3), known: [server(open)], silent: 1 }, null],
    ["in the period", at(8 * 1_440), 8 * 1_440],
    ["since their only server fell silent", { ...lately(120), known: [server(open)], silent: 1 }, 120],
    ["because nobody asked a server that runs", { ...lately(120), known: [server(open)] }, null],
    ["since the only server closed in order", { ...lately(120), known: [server(closed)] }, null],
    ["for two days, all servers being silent", { ...at(2_880), known: [server(open)], silent: 1 }, 2_880],
    ["for two days, from servers known by their events", at(2_880), 2_880],
    ["for two days, after all closed in order", { ...at(2_880), known: [server(closed)] }, null],
    [
      "for two days, though another closed in order",
      { ...at(2_880), known: [server(closed), server({ id: "i-2" })], silent: 1 },
      2_880,
    ],
    [
      "while one of two servers does",
      { ...lately(120), known: [server(open), server({ id: "i-2", reportedAt: ago(130) })], silent: 1 },
      null,
    ],
    [
      "at hours at which hardly anybody asks",
      { ...lately(300), known: [server(open)], silent: 1, rhythm: rhythm(300, (hour) => (hour < 19 ? 300 : 0.2)) },
      null,
    ],
  ] as const)("%s", (_, about, minutes) => {
    expect(since(about as Parameters<typeof since>[0])).toBe(minutes === null ? null : ago(minutes));
  });
});
