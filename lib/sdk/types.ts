/** A value of a declared attribute. */
export type AttributeValue = string | number | boolean;

/** What the host tells about one request. What is missing is unknown, and unknown is read safely. */
export type DecisionContext = {
  /** The host's own id of the user. It never leaves the process: only its keyed pseudonym does. */
  userId?: string;
  /** Every kind of case this request is; all matching rules apply. */
  scenarios?: string[];
  /** Declared attributes only (`country`, `language`, `plan`...). */
  attributes?: Record<string, AttributeValue>;
  /** `decision.sticky` of the conversation's last decision. */
  sticky?: string;
};

export type ReasonCode =
  | "control"
  | "stale"
  | "local-stop"
  | "unknown-feature"
  | "unreadable-ruleset"
  | "feature-off"
  | "outside-envelope"
  | "not-admitted"
  | "held-to-current"
  | "candidate"
  | "pinned"
  | "withdrawn-release"
  | "rate-limited"
  | "no-model-left"
  | "unknown-rule";

export type Reason = { code: ReasonCode; controlId?: string; sentence: string };

/** One attempt of a chain. `timeoutMs` is enforced by abort. */
export type ChainStep = { provider: string; model: string; timeoutMs: number };

/** A rung of a designed fallback ladder. */
export type RungKind = "cached" | "template" | "static" | "manual" | "person";

export type Notice = { id: string; text: string };

/** The answer to one request. The same shape as `decision.schema.json` of the server. */
export type Decision = {
  schemaVersion: 1;
  /** UUIDv7; keep it to `record` signals about this output later. */
  id: string;
  feature: string;
  serve: "ai" | "fallback";
  mode: "autonomous" | "suggestion";
  /** A person reviews when confidence is below it; a missing confidence counts as 0; 1 means every output. */
  reviewBelow: number;
  /** Below it the output is not shown at all. */
  minConfidence: number;
  maxLatencyMs: number;
  stream: boolean;
  arm: string | null;
  slot: number | null;
  release: string | null;
  chain: ChainStep[];
  fallback: { rung: RungKind; content: string; position: number };
  notices: Notice[];
  shadow: { release: string } | null;
  sample: boolean;
  because: Reason[];
  /** Opaque token to keep with the conversation and pass back as `context.sticky`. */
  sticky: string | null;
  ruleset: { epoch: string; version: number };
};

/** What answered: a model of the chain (the first one is `primary`) or a rung of the ladder. */
export type ServedBy = "primary" | "secondary" | RungKind;

/** What an attempt cost. Money in US dollars. */
export type Usage = { tokensIn?: number; tokensOut?: number; costUsd?: number };

/** What became of an output. */
export type SignalKind =
  | "shown"
  | "accepted"
  | "edited"
  | "overridden"
  | "reverted"
  | "regenerated"
  | "dismissed"
  | "abandoned"
  | "copied-not-sent"
  | "switched-to-manual"
  | "manual-path"
  | "thumbs-up"
  | "thumbs-down"
  | "escalated"
  | "policy-violation"
  | "moderated"
  | "reviewed"
  | "task-completed"
  | "task-failed"
  | "session-restarted"
  | "turned-off"
  | "turned-on"
  | "judged"
  | "audited";

/** Figures of a signal. `seconds` and `score` are two names for `value`. `changed`: share of the text (0 to 1). */
export type SignalFields = {
  value?: number;
  seconds?: number;
  score?: number;
  changed?: number;
  label?: string;
  /** Who gave the signal, as a pseudonym or a role; never a name or an address. */
  actor?: string;
};

/** What a signal without a decision is about. */
export type SignalSubject = { feature: string; scenarios?: string[]; userId?: string };

/** What telemetry may know about a request, beside the decision itself. */
export type About = {
  task?: string;
  /** Hashed with the environment's key before it leaves the process. */
  sessionId?: string;
  initiatedBy?: "user" | "system";
  /** At most 3 declared ones. */
  dimensions?: Record<string, AttributeValue>;
  /** The request's text; used for a sample only, after your redactor. */
  input?: string;
};

/** What a host that calls the model itself tells afterwards. */
export type Outcome = About & {
  /** Default: `primary` when the decision said AI and there is no error, else the decision's rung. */
  served?: ServedBy;
  provider?: string;
  model?: string;
  /** The model's name as the provider reported it. */
  modelReported?: string;
  latencyMs?: number;
  confidence?: number;
  usage?: Usage;
  /** A short code (`timeout`, `http-500`), never a message that could hold personal data. */
  error?: string;
  safetyFiltered?: boolean;
  /** The output's text; used for a sample only, after your redactor. */
  output?: string;
};

export type Sample = { decisionId: string; feature: string; input: string; output: string };

export type Logger = {
  debug?(message: string): void;
  info?(message: string): void;
  warn?(message: string): void;
  error?(message: string): void;
};

export type EvenkeelOptions = {
  /** Address of the control room, e.g. `https://evenkeel.example.com`. */
  url: string;
  /** A key of scope `server`: `ek_<environment>_<random>`. */
  key: string;
  /** Name of the product, e.g. `support-desk`. */
  app: string;
  /** A name a person recognises this process by. Default: `<app> on <host> (pid <n>)`. */
  name?: string;
  /** A ruleset to start from when neither the server nor the cache file has one (body of `GET /api/v1/ruleset`, or its `ruleset`). Do not change it afterwards. */
  bootstrap?: unknown;
  /** Where to keep the last ruleset, for a start while the server is away. */
  cacheFile?: string;
  /** Removes what must not leave the process from a sample. Without it no sample is sent; `null` sends none either. */
  redact?: (sample: Sample) => RedactedSample | null | Promise<RedactedSample | null>;
  fetch?: typeof globalThis.fetch;
  logger?: Logger;
  /** A file whose content is a local stop, like the environment variable `EVENKEEL_STOP`: `reply-assistant:billing, search-summary`, `*` for everything. Read every second; it only tightens. */
  localStop?: string | { file: string };
};

export type RedactedSample = { input: string; output: string };

/** What `status()` says. Times are server time in epoch ms, null when it was never known. */
export type Status = {
  state: "starting" | "connected" | "polling" | "cut-off" | "stale" | "closed";
  /** The same in one sentence. */
  sentence: string;
  runsOn: {
    source: "server" | "cache-file" | "bootstrap" | "nothing";
    ruleset: { epoch: string; version: number } | null;
    since: number | null;
  };
  /** Milliseconds since the server last confirmed that these are its rules; null when it never did. */
  confirmedMsAgo: number | null;
  stale: boolean;
  /** What a local stop holds back on this host, as written there. */
  localStop: string[];
  /** Events lost since the start because the buffer was full, the server refused them for good, or this client had closed. */
  dropped: { decisions: number; signals: number; samples: number; refused: number };
  /** Events waiting to be sent. */
  waiting: number;
  lastError: string | null;
  instance: string;
};

/** A generation as `generate` returns it. */
export type Generated<T> = {
  output: T;
  /** 0 to 1. Missing or ill-typed counts as 0. */
  confidence?: number;
  usage?: Usage;
  /** The model's name as the provider reported it. */
  model?: string;
  safetyFiltered?: boolean;
};

export type GenerateInfo = {
  /** Fires on timeout, on a stop, and when the host closes the stream. Pass it to the model call. */
  signal: AbortSignal;
  decision: Decision;
  /** Id of the release to generate with. */
  release: string | null;
};

export type FallbackInfo = {
  rung: RungKind;
  /** Key of the approved content of this rung. */
  content: string;
  /** The approved text itself; null when the ruleset has none under that key. */
  text: string | null;
  decision: Decision;
};

export type Fallback<F> = (info: FallbackInfo) => F | Promise<F>;

/** The rungs the host can serve. `manual` stands in for a missing or failing one. */
export type Fallbacks<F> = { manual: Fallback<F> } & { [rung in Exclude<RungKind, "manual">]?: Fallback<F> };

export type RunHandlers<T, F> = {
  /** Called down the chain until one step answers well. */
  generate: (step: ChainStep, info: GenerateInfo) => Generated<T> | Promise<Generated<T>>;
  fallbacks: Fallbacks<F>;
  about?: About;
};

type Served = {
  served: ServedBy;
  /** The stricter of the decisions at the start and at the end of the run. */
  decision: Decision;
  decisionId: string;
  /** A person must look before this output is used. */
  needsReview: boolean;
  notices: Notice[];
};

/** What to show. Only when even `manual` failed there is no output but an `error`. */
export type RunResult<T> = Served & ({ output: T; error: null } | { output: undefined; error: Error });

/** Without a `return`, an async generator's end is typed as void. */
// biome-ignore lint/suspicious/noConfusingVoidType: that is what TypeScript calls it.
type NoEnd = undefined | void;

/** What a streamed generation may end with: `return { usage, confidence }` of an async generator. Without `output` the joined deltas are it. */
export type StreamEnd<T> = Partial<Generated<T>>;

export type StreamHandlers<D, T, F> = {
  /** Returns an async iterable of deltas (an async generator may return a `StreamEnd`), or a whole generation. */
  generate: (
    step: ChainStep,
    info: GenerateInfo,
  ) =>
    | AsyncIterable<D, StreamEnd<T> | NoEnd>
    | Generated<T>
    | Promise<AsyncIterable<D, StreamEnd<T> | NoEnd> | Generated<T>>;
  fallbacks: Fallbacks<F>;
  about?: About;
};

/** `delta`: show it. `retract`: take back all that was shown. `final`: what holds; always the last part, always there. */
export type StreamPart<D, T> =
  | { type: "delta"; delta: D }
  | { type: "retract"; because: string }
  | { type: "final"; result: RunResult<T> };

/** The client. No method ever throws or rejects. */
export type Evenkeel = {
  /** Resolves when the server's rules are in force, or after `timeoutMs` (default 2000) without them. */
  ready(options?: { timeoutMs?: number }): Promise<Status>;
  status(): Status;
  decide(feature: string, context?: DecisionContext): Decision;
  run<T, F = T>(feature: string, context: DecisionContext, handlers: RunHandlers<T, F>): Promise<RunResult<T | F>>;
  stream<D = string, T = string, F = T>(
    feature: string,
    context: DecisionContext,
    handlers: StreamHandlers<D, T, F>,
  ): AsyncGenerator<StreamPart<D, T | F>, void, undefined>;
  /** Says what became of an output, from any process, any time later; or what happened without a decision. */
  record(about: string | SignalSubject, kind: SignalKind, fields?: SignalFields): void;
  /** For hosts that decide and call the model themselves. An id is known for the last 10,000 decisions of this process; a decision itself always works. */
  report(decision: string | Decision, outcome?: Outcome): void;
  /**
   * What a release is made of (prompts, parameters, tools), as the control room has it: verified by its hash, fetched once, frozen. Null for a release that the
   * rules do not name, while it cannot be had (asked again after 2 s), and after `close`.
   */
  release(releaseId: string | null): Promise<Record<string, unknown> | null>;
  /** The pseudonym of a user (32 hex digits), null until a ruleset is known. */
  hashUser(userId: string): string | null;
  /** Sends what is buffered, says goodbye and ends all connections, in `timeoutMs` at most (default 3000, of which the last second is for the goodbye). Afterwards everything falls back. */
  close(options?: { timeoutMs?: number }): Promise<void>;
};
