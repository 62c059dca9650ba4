import { describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { databaseError, isDatabaseAway, isWriteConflict } from "./database-error.ts";

const coded = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });

describe("the database being away", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "08006", "57P01", "57P03", "53300", "P1001", "P1017", "P2024"])(
    "is known by %s",
    (code) => {
      expect(isDatabaseAway(coded(code))).toBe(true);
      expect(isDatabaseAway(new Error("query failed", { cause: coded(code) }))).toBe(true);
      expect(isDatabaseAway(Object.assign(new Error("prisma"), { meta: { driverAdapterError: coded(code) } }))).toBe(
        true,
      );
      expect(databaseError(coded(code))).toMatchObject({ code: "unavailable" });
    },
  );
  it.each(["23505", "42501", "22P02", "P2002", "P2025"])("is not what %s means", (code) => {
    const error = coded(code);
    expect(isDatabaseAway(error)).toBe(false);
    expect(databaseError(error)).toBe(error);
  });
  it("is not what a statement means that took too long, but that too is said in words", () => {
    const adapter = Object.assign(new Error("prisma"), { meta: { driverAdapterError: { cause: coded("57014") } } });
    for (const error of [coded("57014"), new Error("query failed", { cause: coded("57014") }), adapter]) {
      expect(isDatabaseAway(error)).toBe(false);
      expect(databaseError(error)).toMatchObject({ code: "unavailable", message: expect.stringMatching(/too long/) });
    }
  });
  it("leaves an error on purpose as it is, whatever caused it", () => {
    const error = new AppError("conflict", "x", {}, { cause: coded("ECONNREFUSED") });
    expect(databaseError(error)).toBe(error);
  });
  it("bears anything that can be thrown", () => {
    for (const thrown of [undefined, null, "x", 7, {}, []]) expect(isDatabaseAway(thrown)).toBe(false);
  });
});

describe("a write conflict", () => {
  it.each(["40001", "40P01", "P2034"])("is known by %s", (code) => {
    expect(isWriteConflict(coded("P2010", coded(code)))).toBe(true);
  });
  it("is not what any other error means", () => {
    expect(isWriteConflict(coded("23505"))).toBe(false);
    expect(isWriteConflict(new Error("deadlock"))).toBe(false);
  });
});
