import fc from "fast-check";
import type { FigureInput } from "../figure.ts";
import { MEASURES, type Measures } from "../measures.ts";
import type { UserDay } from "../user-counts.ts";

/** Sums as they may come, with most measures absent; sums of squares are what their values allow. */
export const anyMeasures: fc.Arbitrary<Measures> = fc
  .dictionary(fc.constantFrom(...MEASURES), fc.integer({ min: 0, max: 100_000 }))
  .map((sums) => {
    // Scores and shares changed are between 0 and 1 each.
    const within = (sum: number | undefined, n: number | undefined) => Math.min(sum ?? 0, n ?? 0);
    return {
      ...sums,
      judged_sum: within(sums.judged_sum, sums.judged_n),
      judged_ss: within(sums.judged_sum, sums.judged_n),
      changed_sum: within(sums.changed_sum, sums.changed_n),
    };
  });

/** A day of users in which nobody is counted more often than there are people. */
export const anyUserDay: fc.Arbitrary<UserDay> = fc
  .tuple(fc.integer({ min: 0, max: 28 }), fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }))
  .map(([day, counts]) => {
    const [users1 = 0, more = 0, off = 0, fresh = 0, back = 0, again = 0, kept = 0, switched = 0] = counts;
    const newUsers = Math.min(fresh, users1);
    return {
      day: `2026-11-${String(day + 1).padStart(2, "0")}`,
      users1,
      users7: users1 + more,
      users28: users1 + 2 * more,
      newUsers,
      cameBack: Math.min(back, newUsers),
      startedAgain: Math.min(again, newUsers),
      keptOn: Math.min(kept, newUsers),
      usedOrSwitched: users1 + switched,
      leftOff: Math.min(off, users1 + switched),
    };
  });

/** Anything a figure may be asked for, groups that do not fit the sums included. */
export const anyInput: fc.Arbitrary<FigureInput> = fc.record({
  measures: anyMeasures,
  groups: fc.array(anyMeasures, { maxLength: 32 }),
  bins: fc.array(fc.record({ bin: fc.integer({ min: -40, max: 600 }), n: fc.nat(500) }), { maxLength: 20 }),
  userDays: fc.array(anyUserDay, { maxLength: 10 }),
  users: fc.option(fc.nat(5000)),
  weights: fc.record({
    judge: fc.constantFrom(0, 0.5, 1),
    feedback: fc.constantFrom(0.1, 1),
    completion: fc.constantFrom(0, 1),
  }),
});
