import { createHash } from "node:crypto";
import type { Ruleset } from "../../core/decision/ruleset.ts";
import { wordsOf } from "../safely.ts";
import { inSlices } from "../time/slices.ts";
import type { FetchBlob } from "./filters.ts";
import { parseJson } from "./parse-json.ts";
import { isRecord } from "./shape.ts";

/** What could not be had is not asked for again before this has passed, milliseconds. */
const ASK_AGAIN_MS = 2000;
/** More releases than anyone serves at a time. */
const MOST = 200;

type Contents = Record<string, unknown>;
type Asked = { contents: Promise<Contents | null>; failedAt: number | null };

/** What releases are made of (prompts, parameters, tools), fetched once by its SHA-256 when the host asks for it, and shared frozen. */
export class ReleaseContents {
  readonly #fetchBlob: FetchBlob;
  readonly #rules: () => Ruleset | null;
  readonly #monotonic: () => number;
  readonly #failed: (because: string) => void;
  readonly #asked = new Map<string, Asked>();

  constructor(options: {
    fetchBlob: FetchBlob;
    rules: () => Ruleset | null;
    monotonic: () => number;
    failed: (because: string) => void;
  }) {
    this.#fetchBlob = options.fetchBlob;
    this.#rules = options.rules;
    this.#monotonic = options.monotonic;
    this.#failed = options.failed;
  }

  /** The contents of a release that the rules name; null for any other, and while they cannot be had. Never rejects. */
  async of(releaseId: unknown): Promise<Contents | null> {
    try {
      const blob = this.#blobOf(releaseId);
      return blob === null ? null : await this.#ask(blob);
    } catch {
      return null;
    }
  }

  #blobOf(releaseId: unknown): string | null {
    const releases: unknown = this.#rules()?.releases;
    if (typeof releaseId !== "string" || !isRecord(releases) || !Object.hasOwn(releases, releaseId)) return null;
    const release = releases[releaseId];
    return isRecord(release) && typeof release.blob === "string" ? release.blob : null;
  }

  #ask(blob: string): Promise<Contents | null> {
    const known = this.#asked.get(blob);
    const again = known && known.failedAt !== null && this.#monotonic() - known.failedAt >= ASK_AGAIN_MS;
    if (known && !again) return known.contents;
    if (this.#asked.size >= MOST) this.#asked.clear();
    const asked: Asked = { contents: Promise.resolve(null), failedAt: null };
    asked.contents = this.#load(blob).catch((error: unknown) => {
      asked.failedAt = this.#monotonic();
      this.#failed(`What a release is made of could not be loaded: ${wordsOf(error)}.`);
      return null;
    });
    this.#asked.set(blob, asked);
    return asked.contents;
  }

  async #load(blob: string): Promise<Contents> {
    const bytes = await this.#fetchBlob(blob);
    if (createHash("sha256").update(bytes).digest("hex") !== blob) throw new Error("it does not match its hash");
    const contents = await inSlices(parseJson(new TextDecoder().decode(bytes)));
    if (!isRecord(contents)) throw new Error("it is not what a release is made of");
    freeze(contents);
    return contents;
  }
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const part of Object.values(value)) freeze(part);
  Object.freeze(value);
}
