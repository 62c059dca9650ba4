import type { SinkEvent } from "./event-sink.ts";

/** What one event costs: `held`, room in memory, in units of a plain event (1 to 2 kB); `cuts`, parts of the traffic that it is counted in. */
export type Weight = { held: number; cuts: number };

/** So many names, or characters of a text, weigh as much as a plain event. */
const NAMES = 16;
const CHARACTERS = 1000;

/** Weighs an event, or what is known of it: a signal is counted where its decision is, which is not known yet. */
export function weightOf(event: SinkEvent): Weight {
  if (event.type === "sample")
    return { held: 1 + Math.floor((event.input.length + event.output.length) / CHARACTERS), cuts: 0 };
  if (event.type === "signal") return { held: 1, cuts: 1 };
  const { scenarios, cohorts, cohortsUnknown, controls, dimensions } = event;
  const names = scenarios.length + cohorts.length + cohortsUnknown.length + controls.length;
  const cuts = 1 + scenarios.length + cohorts.length + Object.keys(dimensions).length;
  return { held: 1 + Math.floor(names / NAMES), cuts };
}

/** Parts of events, in their order, none of which has more than `most.events` events or (but by a single event) `most.cuts` cuts. */
export function partsOf(events: readonly SinkEvent[], most: { events: number; cuts: number }) {
  const parts: { events: SinkEvent[]; held: number; cuts: number }[] = [];
  for (const event of events) {
    const { held, cuts } = weightOf(event);
    const last = parts.at(-1);
    if (!last || last.events.length >= most.events || last.cuts + cuts > most.cuts) {
      parts.push({ events: [event], held, cuts });
    } else {
      last.events.push(event);
      last.held += held;
      last.cuts += cuts;
    }
  }
  return parts;
}
