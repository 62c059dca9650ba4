import type { Ruleset } from "../../core/decision/ruleset.ts";
import { hashInSlices } from "../../core/delivery/hash.ts";
import { applyPatch } from "../../core/delivery/patch.ts";
import type { RulesetName, RulesetPatch } from "../../core/delivery/wire.ts";
import { wordsOf } from "../safely.ts";
import { inSlices } from "../time/slices.ts";
import { admission, type Held, isSameName, nameOf, type Origin } from "./admission.ts";
import { parseJson } from "./parse-json.ts";
import { isRecord, isRuleset } from "./shape.ts";

/**
 * What became of a message: `applied`; `same` (already ours); `older` (of this epoch, ignored); `unfit` (a patch that does not fit: fetch the
 * whole); `garbage` (refused, the last good rules stay). `serverTime` in epoch ms, when the message carried one.
 */
export type Taken = {
  outcome: "applied" | "same" | "older" | "unfit" | "garbage";
  serverTime?: number;
  because?: string;
};

/** The last good ruleset. Messages are taken one after another by the caller. */
export class RulesetStore {
  #held: Held | null = null;
  #hash = "";
  readonly #onApplied: (held: Held) => void;

  constructor(onApplied: (held: Held) => void) {
    this.#onApplied = onApplied;
  }

  get held(): Held | null {
    return this.#held;
  }

  /** Hash of the held ruleset, as verified. */
  get hash(): string {
    return this.#hash;
  }

  /** The name to ask the server with: only of what this process has from the server itself. */
  get provenName(): RulesetName | null {
    return this.#held?.origin === "server" ? nameOf(this.#held.ruleset) : null;
  }

  /** Takes the text of a `ruleset` event or of `GET /api/v1/ruleset`. Never rejects. */
  async take(text: string): Promise<Taken> {
    try {
      const message = await inSlices(parseJson(text));
      if (!isRecord(message)) return { outcome: "garbage", because: "it is not a ruleset message" };
      const serverTime = typeof message.serverTime === "number" ? message.serverTime : undefined;
      const taken = message.kind === "patch" ? await this.#takePatch(message) : await this.#takeWhole(message);
      return { ...taken, serverTime };
    } catch (error) {
      return { outcome: "garbage", because: wordsOf(error) };
    }
  }

  /** Starts from a file. Does nothing when the server was faster. */
  async startFrom(ruleset: unknown, origin: Exclude<Origin, "server">): Promise<boolean> {
    if (this.#held || !isRuleset(ruleset)) return false;
    const { hash } = await inSlices(hashInSlices(ruleset));
    if (this.#held) return false;
    this.#apply(ruleset, origin, hash);
    return true;
  }

  async #takeWhole(message: Record<string, unknown>): Promise<Taken> {
    const next = message.ruleset;
    if (!isRuleset(next)) return { outcome: "garbage", because: "it holds no ruleset" };
    const wanted = admission(this.#held, nameOf(next));
    if (wanted === "older") return { outcome: "older" };
    const { hash } = await inSlices(hashInSlices(next, this.#held?.ruleset));
    if (hash !== message.hash) return { outcome: "garbage", because: "its content does not match its hash" };
    if (wanted === "same" && hash === this.#hash) return { outcome: "same" };
    this.#apply(next, "server", hash);
    return { outcome: "applied" };
  }

  async #takePatch(message: Record<string, unknown>): Promise<Taken> {
    const held = this.#held;
    const to = message.to;
    if (held?.origin !== "server") return { outcome: "unfit" };
    if (isRecord(to) && isSameName(nameOf(held.ruleset), { epoch: String(to.epoch), version: Number(to.version) })) {
      return { outcome: message.hash === this.#hash ? "same" : "unfit" };
    }
    await inSlices(hashInSlices(held.ruleset));
    const next = applyPatch(held.ruleset, message as RulesetPatch);
    if (!isRuleset(next)) return { outcome: "unfit" };
    this.#apply(next, "server", String(message.hash));
    return { outcome: "applied" };
  }

  #apply(ruleset: Ruleset, origin: Origin, hash: string): void {
    this.#held = { ruleset, origin };
    this.#hash = hash;
    this.#onApplied(this.#held);
  }
}
