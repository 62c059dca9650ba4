import type { ChainStep, Control, Scope } from "../decision/ruleset.ts";
import { find, type Names } from "./names.ts";

/** What the controls on models and providers mean for one chain: those that touch it, and their sentences. */
export type ModelState = { acting: Control[]; sentences: string[] };

function touches({ scope }: Control, step: ChainStep): boolean {
  return (
    (scope.provider === undefined || scope.provider === step.provider) &&
    (scope.model === undefined || scope.model === step.model)
  );
}

/** The state of a chain under these controls. Those about models that it does not use are not spoken of. `where`: " for billing cases", or ""; `arrives`: whether what a control sends elsewhere gets there. */
export function modelState(
  chain: readonly ChainStep[],
  controls: readonly Control[],
  names: Names,
  where: (scope: Scope) => string,
  arrives: (control: Control) => boolean,
): ModelState {
  const acting = controls.filter((control) => chain.some((step) => touches(control, step)));
  const sentences = acting.flatMap((control) =>
    control.effects.flatMap((effect) => {
      if (effect.kind !== "stopModel" && effect.kind !== "reroute") return [];
      const anyModel = control.scope.provider === undefined && control.scope.model === undefined;
      if (effect.kind === "stopModel" || !arrives(control))
        return [`${anyModel ? "No model is" : `${subject(control, names)} is not`} used${where(control.scope)}.`];
      const target = find(names.providers, effect.to.provider);
      const model = effect.to.model && `model ${find(target?.models ?? {}, effect.to.model) ?? effect.to.model}`;
      const to = model || (target?.name ?? effect.to.provider);
      return [`${subject(control, names)}'s traffic${where(control.scope)} goes to ${to}.`];
    }),
  );
  return { acting, sentences: [...new Set(sentences)] };
}

function subject({ scope }: Control, names: Names): string {
  const provider = find(names.providers, scope.provider);
  if (scope.model !== undefined) return `Model ${find(provider?.models ?? {}, scope.model) ?? scope.model}`;
  return scope.provider === undefined ? "Every model" : (provider?.name ?? scope.provider);
}
