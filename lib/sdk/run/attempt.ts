import { asError } from "../safely.ts";
import { after } from "../time/timers.ts";
import type { ChainStep, Generated, Usage } from "../types.ts";

/** Why an attempt gave no output to show; goes into telemetry as a code, so never a message. */
export type FailureCode = "timeout" | "too-late" | "stopped" | "low-confidence" | "closed" | `error:${string}`;

export type AttemptEnd<T> = { ok: true; generated: Generated<T> } | { ok: false; code: FailureCode };

/** One attempt: a signal that fires for the first reason to end it, and a promise that then rejects even if the host's code goes on. */
export class Attempt {
  readonly step: ChainStep;
  readonly release: string | null;
  readonly #controller = new AbortController();
  readonly #ended: Promise<never>;
  #code: FailureCode | null = null;
  #closed = false;
  #stopTimer: () => void = () => undefined;

  constructor(step: ChainStep, release: string | null) {
    this.step = step;
    this.release = release;
    this.#ended = new Promise((_, reject) => {
      this.#controller.signal.addEventListener("abort", () => reject(asError(this.#controller.signal.reason)), {
        once: true,
      });
    });
    this.#ended.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get aborted(): FailureCode | null {
    return this.#code;
  }

  /** Ends the attempt; only the first reason counts. */
  abort(code: FailureCode, because: string): void {
    if (this.#code !== null) return;
    this.#code = code;
    this.#controller.abort(new DOMException(because, "AbortError"));
  }

  /** Ends it after `ms` from now; a later call replaces the earlier one. Once closed it has all the time. */
  limit(ms: number, code: "timeout" | "too-late"): void {
    this.#stopTimer();
    if (this.#closed) return;
    this.#stopTimer = after(ms, () => this.abort(code, "the answer took too long"));
  }

  /** What `work` gives, unless the attempt ends first. Rejects with the reason for either failure. */
  async until<R>(work: Promise<R>): Promise<R> {
    work.catch(() => undefined);
    return Promise.race([work, this.#ended]);
  }

  /** The code for what `work` threw. */
  codeOf(thrown: unknown): FailureCode {
    return this.#code ?? `error:${errorName(thrown)}`;
  }

  /** The model has said all it had to say; it can still be aborted, but is never too late any more. */
  close(): void {
    this.#closed = true;
    this.#stopTimer();
  }
}

/** An error's class and status, which say what failed without saying about whom. */
function errorName(thrown: unknown): string {
  try {
    const error = asError(thrown);
    const status: unknown = Reflect.get(error, "status") ?? Reflect.get(error, "statusCode");
    const name = /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "Error";
    return typeof status === "number" && status >= 100 && status < 600 ? `${name}-${Math.floor(status)}` : name;
  } catch {
    return "Error";
  }
}

/** What the host's `generate` returned, checked: null when it is no generation at all. */
export function generatedOf<T>(given: unknown): Generated<T> | null {
  try {
    if (typeof given !== "object" || given === null || !("output" in given) || given.output === undefined) return null;
    const { output, model } = given as Generated<T>;
    return {
      output,
      confidence: share(Reflect.get(given, "confidence")),
      usage: usageOf(Reflect.get(given, "usage")),
      model: typeof model === "string" ? model : undefined,
      safetyFiltered: Reflect.get(given, "safetyFiltered") === true,
    };
  } catch {
    return null;
  }
}

/** A number from 0 to 1, or nothing. */
export function share(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && value <= 1 ? value : undefined;
}

/** Counts and money that are numbers and not negative. */
export function usageOf(given: unknown): Usage | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const number = (name: keyof Usage) => {
    const value: unknown = Reflect.get(given, name);
    return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const whole = (value: number | undefined) => (value === undefined ? undefined : Math.round(value));
  return { tokensIn: whole(number("tokensIn")), tokensOut: whole(number("tokensOut")), costUsd: number("costUsd") };
}

/** A code as a host may give one: letters, digits and dashes. A message with anything else in it may hold personal data and is only called `error`. */
export function errorCodeOf(given: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$/.test(given) ? given : "error";
}
