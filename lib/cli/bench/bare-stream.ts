import { createServer, get, type ServerResponse } from "node:http";
import { preciseNow } from "./figure.ts";

/**
 * The floor of the propagation bench, as `server` or as `clients`: a plain Node event stream to as many clients with as many bytes. `server`: GET opens a stream, POST sends
 * the body to all of them and answers. `clients`: reports when each has received a whole message.
 */
const [role, port = "", count = "0"] = process.argv.slice(2);

if (role === "server") {
  const streams = new Set<ServerResponse>();
  const server = createServer(async (request, response) => {
    if (request.method === "GET") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
      response.write(": open\n\n");
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end("sent");
    const message = Buffer.concat(chunks);
    for (const stream of streams) stream.write(message);
  });
  server.listen(0, () => {
    const address = server.address();
    process.send?.(typeof address === "object" && address !== null ? address.port : 0);
  });
} else {
  let times: number[] = [];
  let opened = 0;
  const all = Number(count);
  for (let index = 0; index < all; index++) {
    get({ port: Number(port), host: "localhost", agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
        if (text === ": open\n\n") {
          text = "";
          opened += 1;
          if (opened === all) process.send?.({ kind: "ready" });
        } else if (text.endsWith("\n\n")) {
          text = "";
          times.push(preciseNow());
          if (times.length === all) {
            process.send?.({ kind: "applied", times });
            times = [];
          }
        }
      });
    });
  }
}
process.on("message", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
