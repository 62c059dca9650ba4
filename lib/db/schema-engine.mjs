#!/usr/bin/env node
/**
 * Prisma's schema engine without the native binary that Prisma would download: the same engine, compiled to WebAssembly, behind the
 * protocol that Prisma's command line speaks to its engine (JSON-RPC 2.0, one JSON object a line, on stdin and stdout).
 * `PRISMA_SCHEMA_ENGINE_BINARY` names this file. Plain JavaScript: Prisma starts it with whatever `node` it finds.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engineBindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const OID_INTERNAL_CHAR = 18;
const OID_TEXT = 25;

const args = process.argv.slice(2);

/** Every value given for an option, in order. */
function optionValues(name) {
  return args.flatMap((argument, index) => (argument === name ? [args[index + 1]] : []));
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

// The engine leaves the words of a panic here before it traps.
let panic = "";
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panic = message;
  },
};

async function loadEngine() {
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": engineBindings });
  engineBindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engineBindings.SchemaEngine;
}

/** Which columns of a query (by its text) are of PostgreSQL's internal `"char"` type, which the catalogue tables use. */
const charColumns = new Map();

/** The adapter refuses that type: let it read text, and remember where. */
function describeCharAsText() {
  const describe = pg.Query.prototype.handleRowDescription;
  if (typeof describe !== "function") throw new Error("pg has changed: it has no handleRowDescription to adapt");
  pg.Query.prototype.handleRowDescription = function handleRowDescription(message) {
    const found = message.fields.flatMap((field, index) => (field.dataTypeID === OID_INTERNAL_CHAR ? [index] : []));
    for (const index of found) message.fields[index].dataTypeID = OID_TEXT;
    charColumns.set(this.text, found);
    return describe.call(this, message);
  };
}

/**
 * The adapter cuts a script at every semicolon, so a function's body breaks. One simple query runs it whole, and as one transaction, as
 * the native engine does.
 */
async function runScript(script) {
  try {
    await this.underlyingDriver().query(script);
  } catch (error) {
    this.onError(error);
  }
}

function adapt(adapter) {
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    executeScript: runScript,
    async queryRaw(query) {
      const result = await queryRaw(query);
      for (const index of charColumns.get(query.sql) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    },
  });
}

/** The adapter's factory, with what the engine needs beyond what the client needs. */
class EngineAdapter extends PrismaPg {
  async connect() {
    return adapt(await super.connect());
  }
  async connectToShadowDb() {
    return adapt(await super.connectToShadowDb());
  }
}

async function createEngine() {
  describeCharAsText();
  const datasource = JSON.parse(optionValues("--datasource")[0] ?? "{}");
  const factory = bindMigrationAwareSqlAdapterFactory(
    new EngineAdapter({ connectionString: datasource.url, options: "-c timezone=UTC" }),
  );
  const datamodels = optionValues("--datamodels").map((path) => [path, readFileSync(path, "utf8")]);
  const SchemaEngine = await loadEngine();
  return SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, () => {}, factory);
}

/** What Prisma's command line reads of a failed call. */
function rpcError(error) {
  const message = panic || (error instanceof Error ? error.message : String(error));
  return {
    code: 4466,
    message: "An error happened. Check the data field for details.",
    data: { is_panic: panic !== "", message, meta: error?.meta ?? null, error_code: error?.code ?? null },
  };
}

async function answer(ready, request) {
  current = request.id;
  try {
    const engine = await ready;
    const result = await engine[request.method](request.params);
    // The native engine prints a diff itself, by asking the command line to.
    if (request.method === "diff" && result?.stdout) {
      send({ id: "print", method: "print", params: { content: result.stdout } });
      send({ id: request.id, result: { ...result, stdout: null } });
    } else {
      send({ id: request.id, result: result ?? null });
    }
  } catch (error) {
    send({ id: request.id, error: rpcError(error) });
  }
}

// `cli can-connect-to-database` and its like: the call that follows says it better when the database is away.
if (args.includes("cli")) process.exit(0);

let current = null;
// A panic arrives outside of the call that caused it. Without an answer the command line would end as if all were well.
process.on("uncaughtException", (error) => {
  send({ id: current, error: rpcError(error) });
});

const ready = createEngine();
ready.catch(() => {}); // Said in the answer to the first request.
let queue = Promise.resolve();
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const request = JSON.parse(line);
  if (request.method === undefined) return;
  queue = queue.then(async () => answer(ready, request));
});
lines.on("close", () => {
  queue.finally(() => process.exit(0));
});
