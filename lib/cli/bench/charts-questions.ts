import { DAY_MS } from "#lib/core/time.ts";
import { type Frame, frameOf, resolutionOf, type Span } from "#lib/services/metrics/present/frame.ts";
import type { Period } from "#lib/services/metrics/schema.ts";
import type { EvidenceSource } from "#lib/telemetry/evidence-source.ts";
import type { Cut, FigureSource } from "#lib/telemetry/figure-source.ts";
import { FILLED_FEATURE } from "./charts-fill.ts";

const CONTROL = "0199a000-0000-7000-8000-0000000000c1";
const PERIODS: readonly Period[] = ["3h", "24h", "7d", "28d", "60d"];
const CUTS = ["", "scenario:billing", "cohort:region-de", "dimension:country=de"];
const BUSY = 1000;

type Question = { name: string; ask(): Promise<unknown> };

const spanOf = (slots: Frame["slots"], otherwise: number): Span => ({
  from: slots[0]?.at ?? otherwise,
  to: slots.at(-1)?.until ?? otherwise,
});

/** The newest events, as the dialog "how this is counted" shows them: of requests, of a kind that is common, and of one that hardly ever comes. */
const BEHIND: readonly { name: string; kinds: string[]; decisions: boolean }[] = [
  { name: "decisions", kinds: [], decisions: true },
  { name: "edits", kinds: ["edited"], decisions: false },
  { name: "escalations", kinds: ["escalated"], decisions: true },
  { name: "policy violations", kinds: ["policy-violation"], decisions: false },
];
const EVENTS = 20;

type Asked = { figures: FigureSource; evidence: EvidenceSource; environmentId: string; now: number };

/** What the metric page asks, for every period and part of the traffic: the period itself, what is held against it, what stands beside the charts, and the events behind them. */
export function chartQuestions({ figures, evidence, environmentId, now }: Asked): Question[] {
  return PERIODS.flatMap((period) => {
    const resolution = resolutionOf(period, BUSY);
    const frame = frameOf(period, resolution, now, "UTC");
    const { span, held, heldBy } = frame;
    const [days, heldDays, earlier] = [frame.days, frame.heldDays, frame.earlier].map((slots) => spanOf(slots, now));
    if (!days || !heldDays || !earlier) return [];
    const rowsOf = (cut: Cut): Question[] => {
      const of = (name: string) => `${name} ${period} ${cut.feature === "*" ? "*" : cut.cut || "all"}`;
      return [
        { name: of("window"), ask: () => figures.window(environmentId, cut, span, resolution) },
        { name: of("window held"), ask: () => figures.window(environmentId, cut, held, heldBy) },
        { name: of("window earlier"), ask: () => figures.window(environmentId, cut, earlier, resolution) },
        { name: of("quantiles"), ask: () => figures.quantiles(environmentId, cut, span, resolution) },
        { name: of("quantiles held"), ask: () => figures.quantiles(environmentId, cut, held, heldBy) },
        { name: of("quantiles earlier"), ask: () => figures.quantiles(environmentId, cut, earlier, resolution) },
        { name: of("userSums"), ask: () => figures.userSums(environmentId, cut, days) },
        { name: of("userSums held"), ask: () => figures.userSums(environmentId, cut, heldDays) },
      ];
    };
    const lastOf = ({ name, ...about }: (typeof BEHIND)[number], scenario: string | null): Question => ({
      name: `last ${name} ${period} ${scenario ?? "all"}`,
      ask: () => evidence.last(environmentId, { feature: FILLED_FEATURE, scenario, span, ...about }, EVENTS),
    });
    const lately = { from: now - DAY_MS, to: now };
    return [
      ...CUTS.flatMap((cut) => rowsOf({ feature: FILLED_FEATURE, cut })),
      ...rowsOf({ feature: "*", cut: "" }).slice(0, 3),
      { name: `userDays ${period}`, ask: () => figures.userDays(environmentId, FILLED_FEATURE, days) },
      { name: `users ${period}`, ask: () => figures.users(environmentId, FILLED_FEATURE, days) },
      { name: `users held ${period}`, ask: () => figures.users(environmentId, FILLED_FEATURE, heldDays) },
      { name: `segments ${period}`, ask: () => figures.segments(environmentId, FILLED_FEATURE, span) },
      { name: `instances ${period}`, ask: () => figures.instances(environmentId, FILLED_FEATURE, lately) },
      { name: `controlHours ${period}`, ask: () => figures.controlHours(environmentId, [CONTROL], span) },
      { name: `lost ${period}`, ask: () => figures.lost(environmentId, span) },
      ...BEHIND.flatMap((behind) => [lastOf(behind, null), lastOf(behind, "billing")]),
    ];
  });
}
