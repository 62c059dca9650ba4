import { createServer } from "node:http";

/** Reads a JSON body and answers 202: HTTP and nothing else. Tells its parent the port. */
const server = createServer(async (request, response) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const events: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  response.writeHead(202, { "content-type": "application/json" });
  response.end(JSON.stringify({ accepted: Array.isArray(events) ? events.length : 0, duplicates: 0, rejected: [] }));
});
server.listen(0, () => {
  const address = server.address();
  process.send?.(typeof address === "object" && address !== null ? address.port : 0);
});
process.on("disconnect", () => process.exit(0));
