import type { Ruleset } from "../../core/decision/ruleset.ts";
import type { Finished } from "../run/engine.ts";
import type { EvenkeelOptions, Sample, SignalFields, SignalKind, SignalSubject } from "../types.ts";
import type { EventBuffer } from "./buffer.ts";
import { decisionEvent, decisionParts, weightOf } from "./decision-event.ts";
import { newId } from "./ids.ts";
import { sampleEvent, sampleOf } from "./sample-event.ts";
import { readSignal, signalEvent } from "./signal-event.ts";

/** Rough sizes before an event is made; the real ones are taken when it is. */
const DECISION_BYTES = 900;
const SIGNAL_BYTES = 300;

/** Puts what happened into the buffer. On the host's path nothing is hashed, matched or serialised: that waits for the sender. */
export class Telemetry {
  readonly #buffer: EventBuffer;
  readonly #instance: string;
  readonly #now: () => number;
  readonly #rules: () => Ruleset | null;
  readonly #redact: EvenkeelOptions["redact"];

  constructor(options: {
    buffer: EventBuffer;
    instance: string;
    /** Epoch ms, the server's as far as it is known. */
    now: () => number;
    rules: () => Ruleset | null;
    redact: EvenkeelOptions["redact"];
  }) {
    this.#buffer = options.buffer;
    this.#instance = options.instance;
    this.#now = options.now;
    this.#rules = options.rules;
    this.#redact = options.redact;
  }

  /** A request was answered. Its sample goes along when the decision asked for one and there is a redactor. */
  finished(what: Finished): void {
    const at = this.#now();
    // Nothing below may hold on to `what`: it has the whole request and its answer.
    const sample = this.#redact && sampleOf(what);
    const parts = decisionParts(what, this.#instance, at);
    this.#buffer.add({
      kind: "decision",
      bytes: weightOf(parts, DECISION_BYTES),
      make: () => JSON.stringify(decisionEvent(parts, parts.rules ?? this.#rules())),
    });
    if (sample) this.#addSample(sample, at);
  }

  #addSample(sample: Sample, at: number): void {
    const redact = this.#redact;
    if (!redact) return;
    this.#buffer.add({
      kind: "sample",
      bytes: 300 + 2 * (sample.input.length + sample.output.length),
      make: async () => {
        const event = await sampleEvent(sample, redact, newId(at), at);
        return event && JSON.stringify(event);
      },
    });
  }

  /** A signal was given. Returns in words why it cannot be one, null when it is on its way. */
  signal(about: string | SignalSubject, kind: SignalKind, fields: SignalFields): string | null {
    const signal = readSignal(about, kind, fields);
    if (typeof signal === "string") return signal;
    const at = this.#now();
    const id = newId(at);
    const make = () => JSON.stringify(signalEvent(signal, this.#rules(), id, at));
    this.#buffer.add({ kind: "signal", bytes: SIGNAL_BYTES, make });
    return null;
  }
}
