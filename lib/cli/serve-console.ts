import { createServer, type Server } from "node:http";
import next from "next";
import { projectRoot } from "../db/project-root.ts";
import { portTrouble } from "./ports.ts";

/** A server that gives a request no time to finish when it is told to stop is rude; one that waits for streams never stops. */
const GRACE_MS = 1_500;

export type RunningConsole = { port: number; close(): Promise<void> };

async function listen(server: Server, port: number): Promise<number> {
  return await new Promise((done, fail) => {
    server.once("error", (error) => fail(portTrouble(error, port)));
    server.listen(port, () => {
      const address = server.address();
      done(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/**
 * Serves the built console on a port (0: any free one). `close` takes no more requests, lets `closeStreams` end what would stay open, and
 * gives the rest a second and a half.
 * @throws Trouble when the port is in use.
 */
export async function serveConsole(port: number, closeStreams: () => Promise<void>): Promise<RunningConsole> {
  const app = next({ dev: false, dir: projectRoot, port, hostname: "localhost", quiet: true });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer((request, response) => void handle(request, response));
  // Longer than any proxy in front of it keeps a connection, so that it never closes one just being used.
  server.keepAliveTimeout = 65_000;
  const actual = await listen(server, port);
  return {
    port: actual,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      await closeStreams();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
