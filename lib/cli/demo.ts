import { join } from "node:path";
import { ensureClient } from "../db/generate-client.ts";
import { migrate } from "../db/migrate.ts";
import { env } from "../env.ts";
import { buildConsole, isBuilt } from "./build-console.ts";
import { dataFolder, readSecrets } from "./data-folder.ts";
import { startConsole, startDesk, startModelServer } from "./demo-programs.ts";
import { main } from "./give-up.ts";
import { openDatabase } from "./open-database.ts";
import { requireFreePorts } from "./ports.ts";
import { prepareDesk } from "./prepare-desk.ts";
import type { Started } from "./processes.ts";
import { seedOnce } from "./seed-once.ts";
import { secondsSince, step } from "./steps.ts";

const DESKS = 3;
const PEOPLE = ["pm", "lead", "reviewer", "author", "admin", "viewer"];
const STOP_DEADLINE_MS = 30_000;

await main(async (lifetime) => {
  const started = performance.now();
  lifetime.allow(STOP_DEADLINE_MS);
  const modelPort = env.PORT + 1;
  const deskPorts = Array.from({ length: DESKS }, (_, index) => env.PORT + 2 + index);
  await requireFreePorts([env.PORT, modelPort, ...deskPorts]);
  const secrets = readSecrets();
  const password = env.EVENKEEL_DEMO_PASSWORD ?? secrets.demoPassword;
  console.log("\nEvenkeel demo\n");

  await step("Database client", ensureClient, (made) => (made ? "generated" : "as before"));
  const database = await step("Database", openDatabase, ({ embedded }) => (embedded ? "embedded PostgreSQL" : "yours"));
  lifetime.add(database.close);
  await step("Tables", () => migrate({ ownerUrl: database.ownerUrl, appPassword: database.appPassword }));
  const url = env.DATABASE_URL ?? database.ownerUrl;
  const story = { scenario: "every-story", url, password, deskSecret: secrets.deskSecret };
  // Sixty days take a while to tell; meanwhile the console is built.
  const seeding = seedOnce(database, dataFolder(), story);
  seeding.catch(() => {});
  const build = async () => (isBuilt() ? false : buildConsole().then(() => true));
  await step("Console", build, (made) => (made ? "built" : "as before"));
  await step(
    "Example data",
    () => seeding,
    (made) => (made ? "60 days of an example bank" : "kept"),
  );
  const folder = join(dataFolder(), "support-desk");
  await step(
    "Support desk",
    () => prepareDesk(folder),
    (made) => (made ? "SDK packed and installed" : "as before"),
  );

  const consoleUrl = `http://localhost:${env.PORT}`;
  const keep = async (name: string, start: () => Promise<Started>) => {
    const program = await step(name, start);
    lifetime.add(program.stop);
    program.child.once("exit", (code) => {
      if (lifetime.isStopping()) return;
      console.error(`\n${name} ended by itself (${code}):\n${program.output()}`);
      void lifetime.end(1);
    });
  };
  await keep("Start the console and the worker", () => startConsole(env.PORT));
  await keep("Start the model server", () => startModelServer(folder, modelPort));
  const modelUrl = `http://localhost:${modelPort}`;
  for (const [index, port] of deskPorts.entries()) {
    const desk = { name: `desk-${index + 1}`, port, consoleUrl, modelUrl, key: `ek_production_${secrets.deskSecret}` };
    await keep(`Start support desk ${index + 1}`, () => startDesk(folder, desk));
  }

  console.log(`
Ready in ${secondsSince(started)}.

  Control room     ${consoleUrl}
  Support desks    ${deskPorts.map((port) => `http://localhost:${port}`).join("  ")}
  Model server     ${modelUrl}  (its faults can be turned on there)

  Sign in as       ${PEOPLE.map((name) => `${name}@example.com`).join(", ")}
  Password         ${password}

Ctrl-C stops everything; the data stay in ${dataFolder()}.
`);
});
