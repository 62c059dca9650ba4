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
          exclude: [...never, "**/*.{db,net}.test.ts"],
          // Properties run thousands of cases, on machines that are busy with more than this.
          testTimeout: 120_000,
        },
      },
      {
        // Against servers of the test's own on the loopback interface.
        test: {
          name: "net",
          env: quiet,
          include: ["lib/**/*.net.test.ts"],
          exclude: never,
          testTimeout: 30_000,
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
