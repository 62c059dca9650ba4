import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";
import { migrate } from "./migrate.ts";
import { prismaCommand } from "./prisma-command.ts";

const { ownerUrl } = await testDatabase();

it("migrations make exactly what the models say", () => {
  const wanted = ["--from-config-datasource", "--to-schema", "prisma/models", "--script", "--exit-code"];
  const { command, args, env } = prismaCommand(["migrate", "diff", ...wanted], { DATABASE_DIRECT_URL: ownerUrl });
  const result = spawnSync(command, args, { env, encoding: "utf8" });
  expect(result.stdout.trim()).toBe("-- This is an empty migration.");
  expect(result.status).toBe(0);
}, 60_000);

it("migrating again changes nothing and says nothing", async () => {
  await expect(migrate({ ownerUrl })).resolves.toBeUndefined();
});
