import { describe, expect, it } from "vitest";
import { parseEnv } from "./env.ts";
import { EnvironmentTrouble } from "./environment-trouble.ts";

describe("the environment", () => {
  it("has defaults for everything that it can", () => {
    expect(parseEnv({})).toMatchObject({ PORT: 3000, EVENKEEL_DATA_DIR: ".data", EVENKEEL_WORKER: "inside" });
  });
  it("takes an empty variable for an absent one", () => {
    const { PORT, DATABASE_URL } = parseEnv({ PORT: "", DATABASE_URL: "" });
    expect([PORT, DATABASE_URL]).toEqual([3000, undefined]);
  });
  it("names every variable that is wrong, and never its value", () => {
    const wrong = { PORT: "70000", DATABASE_URL: "mysql://root:secret@host/db", EVENKEEL_SECRET: "tooshort" };
    expect(() => parseEnv(wrong)).toThrow(EnvironmentTrouble);
    try {
      parseEnv(wrong);
    } catch (error) {
      const { message } = error as Error;
      for (const name of Object.keys(wrong)) expect(message).toContain(`${name}:`);
      expect(message).not.toMatch(/secret@|tooshort|70000/);
    }
  });
});
