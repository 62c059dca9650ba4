import { expect, test } from "vitest";
import { shared } from "./shared.ts";

/** A run that ends when told to. */
function slowRun() {
  const runs: { finish(): void; fail(): void }[] = [];
  const run = () => new Promise<void>((done, fail) => runs.push({ finish: done, fail: () => fail(new Error("away")) }));
  return { runs, ask: shared(run) };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("whoever asks while one runs shares the next one, which begins after the question", async () => {
  const { runs, ask } = slowRun();
  const first = ask();
  const [second, third] = [ask(), ask()];
  expect(runs).toHaveLength(1);
  runs[0]?.finish();
  await first;
  await turn();
  expect(runs).toHaveLength(2);
  runs[1]?.finish();
  await Promise.all([second, third]);
  void ask();
  expect(runs).toHaveLength(3);
});

test("a run that fails does not keep the next from running", async () => {
  const { runs, ask } = slowRun();
  const first = ask();
  const second = ask();
  runs[0]?.fail();
  await expect(first).rejects.toThrow("away");
  await turn();
  runs[1]?.finish();
  await expect(second).resolves.toBeUndefined();
});
