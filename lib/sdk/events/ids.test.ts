import { expect, it } from "vitest";
import { isUuidV7, newId } from "./ids.ts";

it("makes UUIDv7s of the given time, all different", () => {
  const at = Date.UTC(2026, 10, 20, 12);
  const ids = Array.from({ length: 5000 }, () => newId(at + 0.7));
  expect(new Set(ids).size).toBe(5000);
  expect(ids.every(isUuidV7)).toBe(true);
  expect(ids.every((id) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16) === at)).toBe(true);
});

it("knows one when it sees one", () => {
  expect(isUuidV7("0198c1d2-7a6b-7c3d-8e4f-000000000001")).toBe(true);
  for (const other of ["", "0198c1d2-7a6b-4c3d-8e4f-000000000001", 7, null]) expect(isUuidV7(other)).toBe(false);
});
