import { describe, expect, test } from "vitest";
import { changesAround } from "#lib/core/metrics/onset.ts";
import { defined } from "#lib/core/metrics/testing/defined.ts";
import { DAY_MS, HOUR_MS } from "#lib/core/time.ts";
import { type Hourly, pageOf } from "#lib/testing/page-of.ts";
import { findingOf } from "../present/panels.ts";
import type { Period } from "../schema.ts";
import { onsetIn } from "./onset.ts";
import { toldOf } from "./told.ts";

const at = (time: string) => Date.parse(`${time}Z`);
const isWeekend = (hour: number) => [0, 6].includes(new Date(hour).getUTCDay());
const isOpen = (hour: number) => new Date(hour).getUTCHours() >= 8 && new Date(hour).getUTCHours() < 18;

async function reading(metric: string, page: ReturnType<typeof pageOf>) {
  const found = findingOf(defined(metric), toldOf(await page));
  if (!found) throw new Error(`${metric} cannot be told`);
  return found.reading;
}

describe("a feature that is used on weekdays only, as much each week", () => {
  const weekdays: Hourly = (hour) =>
    isOpen(hour) && !isWeekend(hour) ? { decisions: 400, ai: 400, s_edited: 80 } : null;
  const moments = ["2026-11-19T17:30", "2026-11-20T17:30", "2026-11-21T12:00", "2026-11-22T12:00", "2026-11-23T09:10"];
  const looks: [Period, "hour" | "day"][] = [
    ["7d", "hour"],
    ["7d", "day"],
    ["28d", "day"],
  ];
  const cases = moments.flatMap((moment) => looks.map(([period, by]) => [moment, period, by] as const));

  test.each(cases)("is not used less at %s, over %s by the %s", async (moment, period, by) => {
    const { says, value, against } = await reading("decisions", pageOf(period, by, at(moment), weekdays));
    expect(Math.abs((value ?? 0) / (against?.value ?? 1) - 1), says).toBeLessThan(0.15);
  });

  test("and one that began in the time before is held against as long as it was there", async () => {
    const began = at("2026-11-17T00:00");
    const steady: Hourly = (hour) => (hour >= began ? { decisions: 100, ai: 100 } : null);
    const { value, against } = await reading("decisions", pageOf("7d", "hour", at("2026-11-26T12:00"), steady));
    expect((value ?? 0) / (against?.value ?? 1)).toBeCloseTo(1, 1);
  });
});

describe("weekends that are like every weekend, of a feature that is used from 8 to 18", () => {
  const weekends =
    (perHour: number): Hourly =>
    (hour) =>
      isOpen(hour) ? { decisions: perHour, ai: perHour, s_edited: (isWeekend(hour) ? 0.4 : 0.2) * perHour } : null;

  test.each(["12:00", "16:00", "17:30", "18:30", "20:00", "23:50"])("are no alarm on Saturday at %s", async (time) => {
    const { standing, says } = await reading(
      "edit-rate",
      pageOf("24h", "hour", at(`2026-11-21T${time}`), weekends(400)),
    );
    expect(standing, says).toBe("unsure");
  });

  test("nor where they have few answers", async () => {
    const { standing, says } = await reading("edit-rate", pageOf("24h", "hour", at("2026-11-21T17:30"), weekends(15)));
    expect(standing, says).toBe("unsure");
  });

  test("are one where they are worse than the last", async () => {
    const worse: Hourly = (hour) => weekends(400)(hour < at("2026-11-21T00:00") ? hour - 2 * DAY_MS : hour);
    const { standing, says } = await reading("edit-rate", pageOf("24h", "hour", at("2026-11-21T17:30"), worse));
    expect(standing, says).toBe("worse");
  });
});

test("what began between the time before and the period is dated to when it began, with what was changed then", async () => {
  const began = at("2026-11-20T12:00");
  const harm: Hourly = (hour) => ({ decisions: 400, ai: 400, s_edited: hour >= began ? 160 : 80 });
  const page = await pageOf("7d", "hour", at("2026-11-27T10:20"), harm);
  const told = toldOf(page);
  const finding = findingOf(defined("edit-rate"), told);
  const onset = finding && onsetIn(page, told, finding);
  expect(onset).toEqual({ at: began, until: began + HOUR_MS, by: began + HOUR_MS });
  const release = { at: began - 10 * 60_000, kind: "release" as const };
  expect(onset && changesAround(onset, [release])).toEqual([release]);
});
