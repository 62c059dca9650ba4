import { secondsSince } from "../steps.ts";

/** A round: what does not hold afterwards (nothing, when all is well), and one line about what was done. */
export type Round = { found: string[]; line: string };

/** Of a round that failed; what went wrong shows in the first. */
const MOST_SENTENCES = 12;

/** Runs rounds one after another and prints each; how many passed and failed. */
export async function playRounds(
  runs: number,
  round: (number: number) => Promise<Round>,
): Promise<{ passed: number; failed: number }> {
  let failed = 0;
  for (let number = 0; number < runs; number++) {
    const began = performance.now();
    const { found, line } = await round(number);
    console.log(`${found.length === 0 ? "ok" : "FAILED"} ${number + 1}: ${line} (${secondsSince(began)})`);
    for (const sentence of found.slice(0, MOST_SENTENCES)) console.log(`  ${sentence}`);
    if (found.length > MOST_SENTENCES) console.log(`  and ${found.length - MOST_SENTENCES} more`);
    if (found.length > 0) failed += 1;
  }
  return { passed: runs - failed, failed };
}
