import { expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

const policyOf = (development: boolean, https: boolean) =>
  new Map(
    contentSecurityPolicy("n0nce", { development, https })
      .split("; ")
      .map((directive) => [directive.split(" ")[0] ?? "", directive.split(" ").slice(1)]),
  );

test("in production only scripts with the nonce run, and nothing is evaluated", () => {
  const script = policyOf(false, true).get("script-src") ?? [];
  expect(script).toContain("'nonce-n0nce'");
  expect(script).toContain("'strict-dynamic'");
  expect(script).not.toContain("'unsafe-inline'");
  expect(script).not.toContain("'unsafe-eval'");
  expect(policyOf(true, false).get("script-src")).toContain("'unsafe-eval'");
});

test("no page may be framed, no plugin loaded, no base changed", () => {
  const policy = policyOf(false, false);
  for (const name of ["frame-ancestors", "object-src", "base-uri"]) expect(policy.get(name)).toEqual(["'none'"]);
});

test("https is only insisted on where the page came by https, so that a demo on the LAN still opens", () => {
  expect(policyOf(false, false).has("upgrade-insecure-requests")).toBe(false);
  expect(policyOf(false, true).has("upgrade-insecure-requests")).toBe(true);
  expect(securityHeaders({ https: false })["strict-transport-security"]).toBeUndefined();
  expect(securityHeaders({ https: true })["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
});
