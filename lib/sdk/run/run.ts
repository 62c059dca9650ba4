import { safely } from "../safely.ts";
import { after } from "../time/timers.ts";
import type {
  About,
  ChainStep,
  Decision,
  DecisionContext,
  Generated,
  GenerateInfo,
  RunResult,
  ServedBy,
  Usage,
} from "../types.ts";
import { Attempt, type FailureCode } from "./attempt.ts";
import type { Engine } from "./engine.ts";
import { type FallenBack, fallBack } from "./fall-back.ts";
import { generate, type Sink } from "./generate.ts";
import { type InFlight, stillAllowed } from "./in-flight.ts";
import { servedBy } from "./served-by.ts";
import { isFurtherDown, isShown, needsReview, stricter } from "./stricter.ts";

/** How often a fallback is looked for again because the rules asked for a safer rung meanwhile. */
const MOST_RUNGS = 5;

/** A host that reads nothing for so long has left its stream without closing it. */
const ABANDONED_MS = 10 * 60_000;

const CHECKED_FIRST = "The answer has to be checked before it is shown.";

/** What the host gave; read defensively, because it may be anything at run time. */
export type Handlers = { generate: (step: ChainStep, info: GenerateInfo) => unknown; fallbacks: unknown; about: About };

/** One request from its decision to what is shown. Decided again on every change of the rules. */
export class Run<D, T, F> implements InFlight {
  readonly #engine: Engine;
  readonly #context: DecisionContext;
  readonly #handlers: Handlers;
  readonly #sink: Sink<D> | null;
  readonly #beganAt = performance.now();
  readonly #start: Decision;
  readonly #again: (sticky: string | null) => Decision;
  readonly #tried = new Set<string>();
  #latest: Decision;
  #attempt: Attempt | null = null;
  #attemptUntil = 0;
  /** When the last attempt ended; reading it may take the host longer. */
  #answeredAt = 0;
  #last: ChainStep | null = null;
  #failure: FailureCode | null = null;
  #usage: Usage | null = null;
  #cancelled = false;

  constructor(engine: Engine, feature: string, context: DecisionContext, handlers: Handlers, sink: Sink<D> | null) {
    this.#engine = engine;
    this.#context = context;
    this.#handlers = handlers;
    this.#sink = sink;
    const { decision, again } = engine.begin(feature, context);
    this.#start = decision;
    this.#latest = decision;
    this.#again = again;
  }

  /** The stricter of the decisions at the start and now. */
  get decision(): Decision {
    return stricter(this.#start, this.#latest);
  }

  reconsider(): void {
    this.#latest = this.#again(this.#start.sticky ?? this.#context.sticky ?? null);
    const attempt = this.#attempt;
    if (!attempt) return;
    if (!this.#allows(attempt)) {
      const because = this.#because();
      attempt.abort("stopped", because);
      this.#sink?.retract(because);
      return;
    }
    if (!this.decision.stream) this.#sink?.holdBack(CHECKED_FIRST);
    this.#limit(attempt);
  }

  /** The host does not want the answer any more. */
  cancel(): void {
    this.#cancelled = true;
    this.#attempt?.abort("closed", "the host closed the stream");
  }

  /** Carries the request out. Never rejects. */
  async execute(): Promise<RunResult<T | F>> {
    const leave = this.#engine.enlist(this);
    try {
      return (await this.#chain()) ?? (await this.#byFallback());
    } finally {
      leave();
    }
  }

  /** The result of the first step that answers well, null when none does. */
  async #chain(): Promise<RunResult<T | F> | null> {
    for (let step = this.#nextStep(); step; step = this.#nextStep()) {
      const attempt = new Attempt(step, this.#latest.release);
      this.#tried.add(keyOf(step, attempt.release));
      this.#last = step;
      this.#attempt = attempt;
      this.#attemptUntil = performance.now() + step.timeoutMs;
      this.#limit(attempt);
      if (!this.decision.stream) this.#sink?.holdBack(CHECKED_FIRST);
      const info = { signal: attempt.signal, decision: this.decision, release: attempt.release };
      const end = await generate<D, T>(attempt, () => this.#handlers.generate({ ...step }, info), this.#sink);
      this.#answeredAt = performance.now();
      if (end.ok) await this.#read(attempt);
      this.#attempt = null;
      if (end.ok) this.#usage = sum(this.#usage, end.generated.usage);
      // Between the model's last word and this line the rules may have changed.
      const code = end.ok ? this.#objection(attempt, end.generated) : end.code;
      if (end.ok && code === null) return this.#byModel(step, end.generated);
      this.#failure = code;
      this.#sink?.retract(code === "stopped" ? this.#because() : wordsOfFailure(code));
    }
    return null;
  }

  /** Until the host has read what it was streamed, the run is under way: a stop still takes it back. */
  async #read(attempt: Attempt): Promise<void> {
    if (!this.#sink) return;
    const stop = after(ABANDONED_MS, () => attempt.abort("closed", "the host reads no more"));
    await attempt.until(this.#sink.read()).catch(() => undefined);
    stop();
  }

  #objection(attempt: Attempt, generated: Generated<T>): FailureCode | null {
    if (!this.#allows(attempt)) return "stopped";
    return isShown(this.decision, generated.confidence ?? null) ? null : "low-confidence";
  }

  #allows(attempt: Attempt): boolean {
    const { step, release } = attempt;
    return this.decision.serve === "ai" && stillAllowed({ ...step, release }, this.#latest);
  }

  #nextStep(): ChainStep | null {
    const { serve, chain, maxLatencyMs } = this.decision;
    if (this.#cancelled || serve !== "ai") return null;
    if (performance.now() - this.#beganAt >= maxLatencyMs) {
      this.#failure ??= "too-late";
      return null;
    }
    return chain.find((step) => !this.#tried.has(keyOf(step, this.#latest.release))) ?? null;
  }

  /** Gives the attempt what is left of its own time and of the request's. */
  #limit(attempt: Attempt): void {
    const now = performance.now();
    const own = this.#attemptUntil - now;
    const whole = this.#beganAt + this.decision.maxLatencyMs - now;
    attempt.limit(Math.min(own, whole), own <= whole ? "timeout" : "too-late");
  }

  /** The reason that has come up since the start, as the operator wrote it. */
  #because(): string {
    const known = new Set(this.#start.because.map((reason) => reason.sentence));
    const since = this.#latest.because.find((reason) => !known.has(reason.sentence));
    return (since ?? this.#latest.because[0])?.sentence ?? "The rules have changed meanwhile.";
  }

  #byModel(step: ChainStep, generated: Generated<T>): RunResult<T | F> {
    const decision = this.decision;
    const confidence = generated.confidence ?? null;
    const served = servedBy(this.#engine.rules(), decision, step);
    this.#finish(served, decision, generated);
    return {
      output: generated.output,
      error: null,
      served,
      decision,
      decisionId: decision.id,
      needsReview: needsReview(decision, confidence),
      notices: decision.notices,
    };
  }

  async #byFallback(): Promise<RunResult<T | F>> {
    let decision = this.decision;
    let fallen: FallenBack<F> = { rung: "manual", output: undefined, error: new Error("The host closed the stream.") };
    for (let round = 0; round < MOST_RUNGS && !this.#cancelled; round++) {
      fallen = await fallBack<F>(decision, this.#context, this.#engine.rules(), this.#handlers.fallbacks);
      const asked = this.decision;
      if (!isFurtherDown(asked.fallback, decision.fallback)) break;
      decision = asked;
    }
    decision = this.decision;
    const leftAtModel = this.#cancelled && this.#last;
    this.#finish(leftAtModel ? servedBy(this.#engine.rules(), decision, leftAtModel) : fallen.rung, decision, null);
    const about = {
      served: fallen.rung,
      decision,
      decisionId: decision.id,
      needsReview: false,
      notices: decision.notices,
    };
    return fallen.error
      ? { ...about, output: undefined, error: fallen.error }
      : { ...about, output: fallen.output, error: null };
  }

  #finish(served: ServedBy, decision: Decision, generated: Generated<T> | null): void {
    const { provider = null, model = null } = this.#last ?? {};
    safely(
      () =>
        this.#engine.finished({
          decision,
          context: this.#context,
          rules: this.#engine.rules(),
          about: this.#handlers.about,
          served,
          provider,
          model,
          modelReported: generated?.model ?? null,
          confidence: generated?.confidence ?? null,
          usage: this.#usage,
          latencyMs: (generated ? this.#answeredAt : performance.now()) - this.#beganAt,
          error: generated ? null : this.#failure,
          safetyFiltered: generated?.safetyFiltered ?? false,
          output: generated?.output ?? null,
        }),
      undefined,
    );
  }
}

function wordsOfFailure(code: FailureCode | null): string {
  if (code === "timeout" || code === "too-late") return "The answer took too long.";
  if (code === "low-confidence") return "The answer was not sure enough to be shown.";
  return "The model failed before its answer was complete.";
}

function keyOf(step: ChainStep, release: string | null): string {
  return JSON.stringify([release, step.provider, step.model]);
}

function sum(a: Usage | null, b: Usage | undefined): Usage | null {
  if (!a || !b) return b ?? a;
  const add = (x?: number, y?: number) => (x === undefined && y === undefined ? undefined : (x ?? 0) + (y ?? 0));
  return {
    tokensIn: add(a.tokensIn, b.tokensIn),
    tokensOut: add(a.tokensOut, b.tokensOut),
    costUsd: add(a.costUsd, b.costUsd),
  };
}
