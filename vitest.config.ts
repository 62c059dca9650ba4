import { configDefaults, defineConfig } from "vitest/config";

const never = [...configDefaults.exclude, "e2e/**", "**/dist/**", ".data/**", ".next/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: ["{lib,components,app,prisma}/**/*.test.{ts,tsx}"],
          exclude: [...never, "**/*.db.test.ts"],
        },
      },
      {
        test: {
          name: "db",
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
