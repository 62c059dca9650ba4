import { randomInt } from "node:crypto";
import { env } from "../env.ts";
import { ingestRounds } from "./crash/ingest.ts";
import { publishRounds } from "./crash/publish.ts";
import { randomFrom } from "./crash/random.ts";
import { playRounds } from "./crash/rounds.ts";
import { setStage } from "./crash/stage.ts";
import { main, Trouble } from "./give-up.ts";

const PARTS = ["publish", "ingest"] as const;

/**
 * `npm run test:crash`: kills the console with SIGKILL, CRASH_RUNS times between a click and its publication and as often under the load of SDKs that report
 * (or only what is named after `--`), and looks at what is left. The last line is `N passed, N failed`; CRASH_SEED repeats the moments.
 */
await main(async (lifetime) => {
  lifetime.allow(30_000);
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Trouble(`There is no part "${unknown}". There are: ${PARTS.join(", ")}.`);
  const runs = env.CRASH_RUNS;
  const seed = env.CRASH_SEED ?? randomInt(2 ** 31);
  console.log(`CRASH_SEED=${seed} CRASH_RUNS=${runs}`);

  const stage = await setStage(lifetime);
  const sum = { passed: 0, failed: 0 };
  for (const part of chosen.length === 0 ? PARTS : PARTS.filter((name) => chosen.includes(name))) {
    console.log(part === "publish" ? "Between a click and its publication" : "Under the load of SDKs that report");
    const random = randomFrom(seed);
    const round = part === "publish" ? await publishRounds(stage, random) : await ingestRounds(stage, lifetime, random);
    const { passed, failed } = await playRounds(runs, round);
    sum.passed += passed;
    sum.failed += failed;
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  await lifetime.end(sum.failed === 0 ? 0 : 1);
});
