import { ensureClient } from "../db/generate-client.ts";
import { env, setEnv } from "../env.ts";
import { buildConsole } from "./build-console.ts";
import { readSecrets } from "./data-folder.ts";
import { main } from "./give-up.ts";

await main(async () => {
  ensureClient();
  // The key of the server actions is built in, so a build and the servers that run it must know the same one.
  setEnv({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? readSecrets().actionsKey });
  await buildConsole((text) => process.stdout.write(text));
});
