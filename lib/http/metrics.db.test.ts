import { expect, test } from "vitest";
import { GET } from "#app/api/metrics/route.ts";
import { call } from "./testing/api-calls.ts";
import { apiEnvironment } from "./testing/api-environment.ts";

const api = await apiEnvironment();

test("figures are for a key made for reading, sent as Prometheus sends it", async () => {
  const reader = await api.makeKey("read");
  const answer = await call(GET, reader.token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain");
  expect(await answer.text()).toContain("evenkeel_streams_open");
});

test("without a key, and with one for something else, there are none", async () => {
  expect((await GET(new Request("http://console.test/api/metrics"))).status).toBe(401);
  expect((await call(GET, "ek_production_guessed")).status).toBe(401);
  for (const scope of ["server", "client", "automation"] as const) {
    expect((await call(GET, (await api.makeKey(scope)).token)).status).toBe(403);
  }
  const reader = await api.makeKey("read");
  await api.revokeKey(reader.id);
  expect((await call(GET, reader.token)).status).toBe(401);
});
