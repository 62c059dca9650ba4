import { once } from "node:events";
import { startConsole } from "#lib/cli/demo-programs.ts";
import { freePort } from "#lib/db/embedded-server.ts";
import { env } from "#lib/env.ts";
import { expect, test } from "./fixtures.ts";

test("SIGTERM ends a server within five seconds, though a stream is open", async () => {
  const port = await freePort();
  const { child, stop } = await startConsole(port, { EVENKEEL_WORKER: "apart" });
  try {
    const headers = { authorization: `Bearer ${env.EVENKEEL_DESK_KEY}`, accept: "text/event-stream" };
    const stream = await fetch(`http://localhost:${port}/api/v1/stream`, { headers });
    expect(stream.status).toBe(200);
    const reader = stream.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    const ended = once(child, "exit");
    const asked = performance.now();
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(performance.now() - asked).toBeLessThan(5_000);
    await reader?.cancel().catch(() => {});
  } finally {
    await stop();
  }
});
