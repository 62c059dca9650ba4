import { describe, expect, it, vi } from "vitest";
import { promptAnswers, sharedAnswers } from "./shared-answers.ts";

const at = (ms: number) => new Date(1_000_000 + ms);
let names = 0;
const shelf = (limits: Partial<Parameters<typeof sharedAnswers>[1]> = {}) =>
  sharedAnswers(`test ${++names}`, { freshMs: 1_000, patienceMs: 1_000, most: 3, ...limits });

describe("answers that everyone shares", () => {
  it("are asked for once while they are fresh, by every copy of this module", async () => {
    const name = `test ${++names}`;
    const limits = { freshMs: 1_000, patienceMs: 1_000, most: 3 };
    const ask = vi.fn(async () => "an answer");
    await sharedAnswers(name, limits)("a", at(0), ask);
    await sharedAnswers(name, limits)("a", at(999), ask);
    expect(ask).toHaveBeenCalledTimes(1);
    await sharedAnswers(name, limits)("a", at(1_000), ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("are not asked for again while one is on its way, until it counts as lost", async () => {
    const once = shelf({ patienceMs: 1 });
    const ask = vi.fn(() => new Promise<string>(() => {}));
    const asked = [once("a", at(0), ask), once("a", at(60_000), ask), once("a", at(120_000), ask)];
    for (const each of asked) await expect(each).rejects.toMatchObject({ code: "unavailable" });
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("that failed are forgotten at once", async () => {
    const once = shelf();
    await expect(once("a", at(0), () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await once("a", at(0), async () => "here again")).toBe("here again");
  });

  it("that came too late for one are there for the next", async () => {
    const once = shelf({ patienceMs: 5 });
    let answer = (_: string) => {};
    const asked = new Promise<string>((resolve) => {
      answer = resolve;
    });
    await expect(once("a", at(0), () => asked)).rejects.toMatchObject({ code: "unavailable" });
    answer("late");
    await asked;
    expect(await once("a", at(10), () => Promise.reject(new Error("asked again")))).toBe("late");
  });

  it("never take more room than they were given", async () => {
    const once = shelf({ most: 2 });
    const ask = vi.fn(async () => "an answer");
    for (const key of ["a", "b", "c"]) await once(key, at(0), ask);
    await once("a", at(0), ask);
    expect(ask).toHaveBeenCalledTimes(4);
    await once("c", at(0), ask);
    expect(ask).toHaveBeenCalledTimes(4);
  });
});

describe("answers that hold nobody up", () => {
  const never = () => new Promise<string>(() => {});
  const prompt = () => promptAnswers(`test ${++names}`, { freshMs: 1_000, patienceMs: 5, most: 3 });

  it("are those that come in time", async () => {
    expect(await prompt()("a", at(0), async () => "in time", "nothing")).toBe("in time");
  });

  it("are nothing where none ever came, and the question is not asked again while it goes on", async () => {
    const asked = prompt();
    const ask = vi.fn(never);
    expect(await asked("a", at(0), ask, "nothing")).toBe("nothing");
    expect(await asked("a", at(10_000), ask, "nothing")).toBe("nothing");
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("that came too late are there for the next", async () => {
    const asked = prompt();
    let answer = (_: string) => {};
    const late = new Promise<string>((resolve) => {
      answer = resolve;
    });
    expect(await asked("a", at(0), () => late, "nothing")).toBe("nothing");
    answer("late");
    await late;
    expect(await asked("a", at(10), never, "nothing")).toBe("late");
  });

  it.each<[string, () => Promise<string>, number, string]>([
    ["the last one, while a newer one is on its way", never, 60_000, "known"],
    ["the last one, where the newer one fails", () => Promise.reject(new Error("away")), 60_000, "known"],
    ["nothing, where the last one is too old", never, 400_000, "nothing"],
  ])("are %s", async (_, ask, later, expected) => {
    const asked = prompt();
    await asked("a", at(0), async () => "known", "nothing");
    expect(await asked("a", at(later), ask, "nothing")).toBe(expected);
  });
});
