import { writeFileSync } from "node:fs";
import { SCHEMAS, schemaText } from "../core/decision/json-schemas.ts";

/** Writes the JSON Schemas of the decision's contract beside their Zod sources: `node lib/cli/write-schemas.ts`. */
for (const name of SCHEMAS) {
  writeFileSync(new URL(`../core/decision/${name}.schema.json`, import.meta.url), schemaText(name));
}
