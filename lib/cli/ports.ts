import { createServer } from "node:net";
import { Trouble } from "./give-up.ts";

/** The sentence for a port that cannot be had; any other error as it is. */
export function portTrouble(error: unknown, port: number): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "EADDRINUSE") {
    return new Trouble(
      `Port ${port} is in use by another program. Stop that, or choose another: PORT=${port + 10} npm run ...`,
    );
  }
  if (error.code === "EACCES")
    return new Trouble(`Port ${port} needs rights that you do not have. Choose one above 1023 with PORT.`);
  return error;
}

/** Makes sure that ports can be had before anything is started. @throws Trouble naming the first that cannot. */
export async function requireFreePorts(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    await new Promise<void>((done, fail) => {
      const probe = createServer();
      probe.once("error", (error) => fail(portTrouble(error, port)));
      probe.listen(port, () => probe.close(() => done()));
    });
  }
}
