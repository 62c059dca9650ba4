import type { RunResult, StreamPart } from "../types.ts";
import type { Sink } from "./generate.ts";

/**
 * Between a generation that runs at its own pace and a host that reads at its own: what was taken back before the host read it is never
 * handed over, and what it did read is followed by a `retract`.
 */
export class PartQueue<D, T> implements Sink<D> {
  #waiting: StreamPart<D, T>[] = [];
  #shown = false;
  #heldBack = false;
  #wake: () => void = () => undefined;
  #emptied: () => void = () => undefined;

  delta(delta: D): void {
    if (!this.#heldBack) this.#push({ type: "delta", delta });
  }

  retract(because: string): void {
    this.#waiting = this.#waiting.filter((part) => part.type !== "delta");
    this.#emptied();
    if (!this.#shown) return;
    this.#shown = false;
    this.#push({ type: "retract", because });
  }

  holdBack(because: string): void {
    this.#heldBack = true;
    this.retract(because);
  }

  async read(): Promise<void> {
    if (this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
  }

  final(result: RunResult<T>): void {
    this.#push({ type: "final", result });
  }

  /** The next part; waits for it. */
  async next(): Promise<StreamPart<D, T>> {
    for (;;) {
      const part = this.#waiting.shift();
      if (part) {
        if (part.type === "delta") this.#shown = true;
        if (this.#waiting.length === 0) this.#emptied();
        return part;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #push(part: StreamPart<D, T>): void {
    this.#waiting.push(part);
    this.#wake();
  }
}
