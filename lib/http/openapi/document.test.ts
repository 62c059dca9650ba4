import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiDocument } from "./document.ts";
import { OPERATIONS } from "./operations.ts";

const app = new URL("../../../app", import.meta.url).pathname;
const fileOf = (path: string) => `${app}${path.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`;
const OUTSIDE = /^\/api\/(console|auth|openapi\.json)/;

test("every operation is a route that answers it", () => {
  for (const { path, method } of OPERATIONS) {
    expect(existsSync(fileOf(path)), path).toBe(true);
    expect(readFileSync(fileOf(path), "utf8")).toMatch(
      new RegExp(`export (const|(async )?function) ${method.toUpperCase()}\\b`),
    );
  }
});

test("every route of the API is described", () => {
  const routes = globSync("api/**/route.ts", { cwd: app }).map(
    (file) =>
      `/${file
        .replaceAll("\\", "/")
        .replace(/\/route\.ts$/, "")
        .replaceAll("[", "{")
        .replaceAll("]", "}")}`,
  );
  expect(routes.length).toBeGreaterThan(10);
  const described = new Set(OPERATIONS.map(({ path }) => path));
  expect(routes.filter((route) => !OUTSIDE.test(route) && !described.has(route))).toEqual([]);
});

test("the document says who may call what, and what is parsed", () => {
  const document = JSON.parse(JSON.stringify(openApiDocument()));
  expect(document.openapi).toBe("3.1.0");
  const events = document.paths["/api/v1/events"].post;
  expect(events.security).toEqual([{ key: [] }]);
  expect(JSON.stringify(events.requestBody)).toContain("manual-path");
  expect(document.paths["/api/v1/controls"].post.requestBody.content["application/json"].schema.required).toEqual([
    "template",
    "params",
  ]);
  expect(document.paths["/api/health/live"].get.security).toEqual([]);
});
