import type { LayerKey, SwitchView } from "#lib/services/controls/schema.ts";

/** Layers in the order in which to look through them: the most targeted stop first. */
export const LAYERS: { key: LayerKey; title: string; hint: string }[] = [
  { key: "scenario", title: "Stop one kind of case", hint: "Everything else keeps its AI." },
  { key: "fallback", title: "Use an approved text instead", hint: "For one group of people; the rest keep their AI." },
  { key: "review", title: "Let a person check first", hint: "AI still helps, and a person approves." },
  { key: "autonomy", title: "Only suggest", hint: "AI drafts, and a person sends." },
  { key: "confidence", title: "Show only what the AI is sure of", hint: "The rest get the approved text." },
  { key: "exposure", title: "Stop it from spreading", hint: "People who have it keep it; nobody new gets it." },
  { key: "feature", title: "Turn the whole feature off", hint: "When no smaller stop is enough." },
  { key: "provider", title: "Stop or change a provider", hint: "In every feature at once." },
  { key: "model", title: "Stop or change a model", hint: "In every feature that uses it." },
  { key: "latency", title: "When answers are slow", hint: "Nobody waits longer than this." },
  { key: "cost", title: "When it costs too much", hint: "Cheaper answers before none." },
  { key: "notice", title: "Tell people", hint: "A short approved text inside the workflow." },
];

const stops: ReadonlySet<LayerKey> = new Set(["scenario", "fallback", "feature", "provider", "model"]);

/** Whether switching it on takes AI away (red) rather than narrowing it (amber). */
export function isStop(layer: LayerKey): boolean {
  return stops.has(layer);
}

export type SwitchGroup = { key: LayerKey; title: string; hint: string; switches: SwitchView[] };

/** Switches by layer, empty layers left out; within a layer the given order (most likely first) is kept. */
export function groupByLayer(switches: readonly SwitchView[]): SwitchGroup[] {
  return LAYERS.map((layer) => ({ ...layer, switches: switches.filter((each) => each.layer === layer.key) })).filter(
    (group) => group.switches.length > 0,
  );
}

/** Those whose words hold everything that was typed, in any order: "bill dis" finds "Disable AI replies for billing cases". */
export function searchSwitches(switches: readonly SwitchView[], typed: string): SwitchView[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return switches.filter((each) => {
    const words = `${each.sentence} ${each.impact.sees.sentence} ${LAYERS.find((l) => l.key === each.layer)?.title}`;
    return wanted.every((part) => words.toLowerCase().includes(part));
  });
}
