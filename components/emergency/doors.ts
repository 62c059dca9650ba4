import type {
  ControlView,
  GiveReasonInput,
  LiftControlInput,
  PlaceControlInput,
  ProofView,
} from "#lib/services/controls/schema.ts";

/** What a stop, a lift or an undo answers. */
export type Outcome = { control: ControlView; proof: ProofView };

/** What the browser asks of an emergency door. */
export type Errand =
  | { door: "stop"; body: PlaceControlInput }
  | { door: "lift"; body: LiftControlInput }
  | { door: "undo"; body: { environment: string; id: string } }
  | { door: "reason"; body: GiveReasonInput };

export type Reply =
  | { kind: "done"; outcome: Outcome }
  | { kind: "signed-out" }
  /** It never will be: the state or the person forbids it. `detail` is for people. */
  | { kind: "refused"; detail: string; requestId: string | null }
  /** It may yet be: the network, the server or its database is away. */
  | { kind: "away"; detail: string };

/** Reads an answer of a console door. `body` is what came back, if it was JSON. */
export function readReply(status: number, body: unknown): Reply {
  if (status === 401) return { kind: "signed-out" };
  const field = (name: string) =>
    typeof body === "object" && body !== null && name in body ? Reflect.get(body, name) : undefined;
  if (status >= 200 && status < 300 && field("control")) return { kind: "done", outcome: body as Outcome };
  if (status >= 500 || status === 429 || status === 408 || status < 400) {
    return { kind: "away", detail: "Evenkeel was reached, but could not do it yet." };
  }
  const [detail, requestId] = [field("detail"), field("requestId")];
  return {
    kind: "refused",
    detail: typeof detail === "string" ? detail : "Evenkeel refused, and gave no reason.",
    requestId: typeof requestId === "string" ? requestId : null,
  };
}

/**
 * Knocks once at an emergency door. A plain request on purpose: server actions of one tab wait for each other, and
 * their ids change with a deploy. Never throws.
 */
export async function knock(errand: Errand): Promise<Reply> {
  try {
    const response = await fetch(`/api/console/${errand.door}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(errand.body),
      signal: AbortSignal.timeout(8000),
    });
    const body: unknown = await response.json().catch(() => null);
    return readReply(response.status, body);
  } catch {
    return { kind: "away", detail: "This device could not reach Evenkeel." };
  }
}

/** Milliseconds to wait before the next try, after `attempt` of them failed. */
export function waitBeforeRetry(attempt: number): number {
  return Math.min(5000, 500 * 2 ** (attempt - 1));
}
