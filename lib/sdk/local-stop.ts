import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { every } from "./time/timers.ts";

const READ_MS = 1000;
const MOST_CHARS = 64 * 1024;
const EVERYTHING = "*";
/** The file is there, and this process will not be able to read it the next time either. */
const UNREADABLE = new Set(["EACCES", "EPERM", "EISDIR"]);

/** The operator's stop on this very host: the environment variable `EVENKEEL_STOP` and, when given, a file that is read every second. */
export class LocalStop {
  readonly #env: () => string | undefined;
  readonly #file: string | null;
  readonly #onChange: () => void;
  readonly #onError: (because: string) => void;
  #fromFile = "";
  #text: string;
  #end: () => void = () => undefined;

  constructor(options: {
    env: () => string | undefined;
    file: string | null;
    onChange: () => void;
    onError: (because: string) => void;
  }) {
    this.#env = options.env;
    this.#file = options.file;
    this.#onChange = options.onChange;
    this.#onError = options.onError;
    const { file } = options;
    // At once, so that nothing is decided before it is known what is stopped here; the file is small.
    if (file !== null) this.#take(() => readFileSync(file, "utf8"));
    this.#text = this.#joined();
  }

  /** What is stopped, as entries `feature` or `feature:scenario` or `*`, joined by commas; empty when nothing is. */
  get text(): string {
    return this.#text;
  }

  /** From now on both are read every second. */
  start(): void {
    this.#end = every(READ_MS, () => void this.#read());
  }

  close(): void {
    this.#end();
  }

  async #read(): Promise<void> {
    if (this.#file !== null) await this.#readFile(this.#file);
    const text = this.#joined();
    if (text === this.#text) return;
    this.#text = text;
    this.#onChange();
  }

  async #readFile(path: string): Promise<void> {
    const text = await readFile(path, "utf8").catch((error: unknown) => error);
    this.#take(() => {
      if (typeof text === "string") return text;
      throw text;
    });
  }

  /** No file, no stop. One that is there and cannot be read keeps what it last said; whoever forbids to read it, having said nothing yet, may have meant everything. */
  #take(read: () => string): void {
    try {
      this.#fromFile = read().slice(0, MOST_CHARS);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (code === "ENOENT") this.#fromFile = "";
      else if (UNREADABLE.has(code) && (this.#fromFile === "" || this.#fromFile === EVERYTHING)) {
        this.#fromFile = EVERYTHING;
        this.#onError("The file for local stops may not be read; until it can be, everything is stopped here.");
      } else this.#onError("The file for local stops cannot be read; what it last said still holds.");
    }
  }

  #joined(): string {
    return [...new Set([this.#env() ?? "", this.#fromFile].flatMap(entriesOf))].join(",");
  }
}

/** Entries of a stop: separated by commas or line breaks, `#` begins a comment. */
export function entriesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*$/, ""))
    .join(",")
    .split(/[,;\s]+/)
    .filter((entry) => entry !== "");
}
