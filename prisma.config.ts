import { defineConfig } from "prisma/config";
import { env } from "./lib/env.ts";

export default defineConfig({
  schema: "prisma/models",
  migrations: { path: "prisma/migrations" },
  // Generating the client needs no database; migrating gets its address from lib/db/migrate.ts.
  datasource: { url: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL ?? "postgresql://127.0.0.1:1/none" },
});
