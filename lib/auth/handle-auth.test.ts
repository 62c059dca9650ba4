import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { setEnv } from "#lib/env.ts";
import { handleAuth } from "./handle-auth.ts";

setEnv({ EVENKEEL_SECRET: "a secret of at least thirty-two characters" });
const segments = { params: Promise.resolve({ nextauth: ["callback", "credentials"] }) };
const headers = { host: "console.test", "content-type": "application/x-www-form-urlencoded" };

test("a body without a stated length is read up to the limit and no further", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new TextEncoder().encode(`password=${"x".repeat(4000)}&`));
      if (sent === 1000) controller.close();
    },
  });
  const url = "http://console.test/api/auth/callback/credentials";
  const request = new NextRequest(url, { method: "POST", headers, body, duplex: "half" });
  const answer = await handleAuth(request, segments);
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: "payload-too-large" });
  expect(sent).toBeLessThan(20);
});
