import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. Only for tools that run from the sources: a bundled file has another address. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
