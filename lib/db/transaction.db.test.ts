import { describe, expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { testDatabase } from "../testing/database.ts";
import { createProvider } from "../testing/factories.ts";
import { createDb } from "./client.ts";
import { transaction } from "./transaction.ts";

const { db } = await testDatabase();
const rename = (key: string, name: string) => ({ where: { key }, data: { name } });

/** A gate that opens when `count` have come to it. */
function meeting(count: number): () => Promise<void> {
  let missing = count;
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return opened;
  };
}

describe("a transaction", () => {
  it("keeps nothing of a change that throws, and hands the error on", async () => {
    await createProvider(db, "kept");
    const failing = transaction(db, async (tx) => {
      await tx.provider.update(rename("kept", "changed"));
      throw new AppError("conflict", "Somebody was faster.");
    });
    await expect(failing).rejects.toMatchObject({ code: "conflict" });
    expect(await db.provider.findUniqueOrThrow({ where: { key: "kept" } })).toMatchObject({ name: "kept" });
  });

  it("is run again after a deadlock, so that both come through", async () => {
    await createProvider(db, "left");
    await createProvider(db, "right");
    const met = meeting(2);
    let runs = 0;
    const both = async (first: string, second: string) =>
      transaction(db, async (tx) => {
        runs += 1;
        await tx.provider.update(rename(first, `${first} first`));
        // Only in the first round, when each holds what the other wants next.
        if (runs <= 2) await met();
        await tx.provider.update(rename(second, `${first} then`));
        return first;
      });
    expect(await Promise.all([both("left", "right"), both("right", "left")])).toEqual(["left", "right"]);
    expect(runs).toBe(3);
  });

  it("says that the database is away, in words for people", async () => {
    const nowhere = createDb("postgresql://nobody:x@127.0.0.1:1/none");
    await expect(transaction(nowhere, (tx) => tx.provider.count())).rejects.toMatchObject({
      name: "AppError",
      code: "unavailable",
    });
    await nowhere.$disconnect();
  });
});

describe("a connection", () => {
  it("runs as the limited role, in UTC, with a limit on how long a statement may take", async () => {
    const [row] = await db.$queryRaw<{ role: string; zone: string; limit: string }[]>`
      select current_user::text as role, current_setting('timezone') as zone, current_setting('statement_timeout') as limit`;
    expect(row).toEqual({ role: "evenkeel_app", zone: "UTC", limit: "15s" });
  });
});
