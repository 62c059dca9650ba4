import { ensureClient } from "../db/generate-client.ts";
import { main } from "./give-up.ts";
import { secondsSince } from "./steps.ts";
import { runVitest } from "./test-counts.ts";
import { runChecks } from "./verify-parts.ts";

/** `npm run verify`: everything that needs no database and no browser. */
await main(async (lifetime) => {
  ensureClient();
  let failed = 0;
  const report = (name: string, began: number, { ok, output }: { ok: boolean; output: string }) => {
    console.log(`${ok ? "ok    " : "FAILED"}  ${name.padEnd(40)}${secondsSince(began)}`);
    if (ok) return;
    failed += 1;
    console.log(output.replaceAll(/^/gm, "    "));
  };
  const started = performance.now();
  await runChecks(report);
  const began = performance.now();
  const tests = await runVitest(["pure"]);
  const name = `Pure tests (${tests.passed} passed, ${tests.failed} failed)`;
  report(name, began, { ok: tests.failed === 0, output: tests.output });
  console.log(failed === 0 ? `All well, in ${secondsSince(started)}.` : `${failed} of the checks failed.`);
  await lifetime.end(failed === 0 ? 0 : 1);
});
