import { configDefaults, defineConfig } from "vitest/config";

const never = [...configDefaults.exclude, "e2e/**", "**/dist/**", ".data/**", ".next/**"];

/** Errors that tests cause on purpose are not news. */
const quiet = { LOG_LEVEL: "silent" };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          env: quiet,
          include: ["{lib,components,app,prisma}/**/*.test.{ts,tsx}"],
          exclude: [...never, "**/*.db.test.ts"],
        },
      },
      {
        test: {
          name: "db",
          env: quiet,
          include: ["{lib,app,prisma}/**/*.db.test.ts"],
          exclude: never,
          globalSetup: ["lib/testing/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
