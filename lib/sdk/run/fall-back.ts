import type { Ruleset } from "../../core/decision/ruleset.ts";
import { isRecord } from "../ruleset/shape.ts";
import { asError, safely } from "../safely.ts";
import { after } from "../time/timers.ts";
import type { Decision, DecisionContext, Fallback, FallbackInfo, RungKind } from "../types.ts";

/** A rung that has not answered by then is passed over for `manual`. */
const RUNG_LIMIT_MS = 5_000;

export type FallenBack<F> = { rung: RungKind } & ({ output: F; error: null } | { output: undefined; error: Error });

/** Serves the decision's rung with the host's code; `manual` stands in for one that is missing, throws or hangs. Never rejects. */
export async function fallBack<F>(
  decision: Decision,
  context: DecisionContext,
  rules: Ruleset | null,
  fallbacks: unknown,
): Promise<FallenBack<F>> {
  const { rung, content } = decision.fallback;
  if (rung !== "manual") {
    const handler = handlerOf<F>(fallbacks, rung);
    if (handler) {
      try {
        const info = { rung, content, text: textOf(rules, content), decision };
        return { rung, output: await within(RUNG_LIMIT_MS, (async () => handler(info))()), error: null };
      } catch {
        // The next lines are what a failing rung leads to.
      }
    }
  }
  return manual<F>(decision, context, rules, fallbacks);
}

async function manual<F>(
  decision: Decision,
  context: DecisionContext,
  rules: Ruleset | null,
  fallbacks: unknown,
): Promise<FallenBack<F>> {
  try {
    const handler = handlerOf<F>(fallbacks, "manual");
    if (!handler) throw new Error("No `manual` fallback was given.");
    const content =
      decision.fallback.rung === "manual" ? decision.fallback.content : manualContent(rules, decision.feature, context);
    const info: FallbackInfo = { rung: "manual", content, text: textOf(rules, content), decision };
    return { rung: "manual", output: await handler(info), error: null };
  } catch (thrown) {
    return { rung: "manual", output: undefined, error: asError(thrown) };
  }
}

function handlerOf<F>(fallbacks: unknown, rung: RungKind): Fallback<F> | null {
  const handler = safely(
    () => (typeof fallbacks === "object" && fallbacks !== null ? Reflect.get(fallbacks, rung) : null),
    null,
  );
  return typeof handler === "function" ? (handler as Fallback<F>) : null;
}

function within<R>(ms: number, work: Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = after(ms, () => reject(new Error("the fallback took too long")));
    work.then(resolve, reject).finally(stop);
  });
}

/** The approved text under a content key. */
function textOf(rules: Ruleset | null, content: string): string | null {
  const texts: unknown = rules?.texts;
  const text = isRecord(texts) && Object.hasOwn(texts, content) ? texts[content] : null;
  return typeof text === "string" ? text : null;
}

/** The content of the `manual` rung on the first of the request's ladders that has one; empty when none was designed. */
function manualContent(rules: Ruleset | null, featureKey: string, context: DecisionContext): string {
  return safely(() => {
    const feature = rules?.features[featureKey];
    const ladders = [...(context.scenarios ?? []).map((key) => feature?.scenarios[key]?.ladder), feature?.ladder];
    for (const ladder of ladders) {
      const rung = ladder?.find((each) => each.kind === "manual");
      if (typeof rung?.content === "string") return rung.content;
    }
    return "";
  }, "");
}
