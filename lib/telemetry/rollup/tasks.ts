import type { Place } from "./about.ts";
import { type Amounts, indexOf } from "./measure-events.ts";

/** Regenerations from which a task is a loop. */
const LOOP = 3;

/** A task as far as it is known. Times epoch ms; `place`: of its first decision. */
export type Task = {
  task: string;
  place: Place;
  firstAt: number;
  firstId: string;
  lastAt: number;
  decisions: number;
  regenerated: number;
};

/** A change of what a task counts as, and where. */
export type TaskChange = { place: Place; at: number; amounts: Amounts };

/** A task of a feature, as it is looked for. */
export type TaskName = { feature: string; task: string };
type First = Pick<Task, "place" | "firstAt" | "firstId">;
/** What a batch says of a task; `first`: its first decision there, absent where only signals speak of it. */
type Told = TaskName & {
  first: First | null;
  lastAt: number;
  decisions: number;
  regenerated: number;
};

const keyOf = ({ feature, task }: TaskName) => `${feature}\n${task}`;
const nameOf = ({ task, place }: Task): TaskName => ({ task, feature: place.part.feature });

const isBefore = (a: First, b: First) => a.firstAt < b.firstAt || (a.firstAt === b.firstAt && a.firstId < b.firstId);

function amountsOf({ decisions, regenerated }: Task, sign: 1 | -1): Amounts {
  const amounts = [indexOf("tasks"), sign];
  if (decisions > 1) amounts.push(indexOf("repeats"), sign * (decisions - 1));
  if (regenerated >= LOOP) amounts.push(indexOf("regenerate_loops"), sign);
  return amounts;
}

/** Gathers what a batch says of tasks. What comes out does not depend on the order in which events came. */
export class TaskLedger {
  readonly #told = new Map<string, Told>();

  decision(task: string, place: Place, id: string, at: number): void {
    const told = this.#of({ feature: place.part.feature, task });
    told.decisions += 1;
    told.lastAt = Math.max(told.lastAt, at);
    const first = { place, firstAt: at, firstId: id };
    if (told.first === null || isBefore(first, told.first)) told.first = first;
  }

  /** A signal says that an output of the task was generated again. */
  regenerated(feature: string, task: string): void {
    this.#of({ feature, task }).regenerated += 1;
  }

  #of(name: TaskName): Told {
    const key = keyOf(name);
    const known = this.#told.get(key);
    if (known) return known;
    const told = { ...name, first: null, lastAt: Number.NEGATIVE_INFINITY, decisions: 0, regenerated: 0 };
    this.#told.set(key, told);
    return told;
  }

  /** Of which tasks it must be known what was there before. */
  names(): TaskName[] {
    return [...this.#told.values()];
  }

  /**
   * Brings tasks up to date. `known`: those that were there before. Answers with all that changed, and with the changes of what they count as: what they
   * counted as before is taken back, and what they count as now is added. Nothing of a task of which only signals speak, and which is past keeping.
   */
  settle(known: readonly Task[]): { tasks: Task[]; changes: TaskChange[] } {
    const before = new Map(known.map((task) => [keyOf(nameOf(task)), task]));
    const [tasks, changes]: [Task[], TaskChange[]] = [[], []];
    for (const [key, told] of this.#told) {
      const was = before.get(key);
      const now = merged(was, told);
      if (!now) continue;
      tasks.push(now);
      if (was) changes.push({ place: was.place, at: was.firstAt, amounts: amountsOf(was, -1) });
      changes.push({ place: now.place, at: now.firstAt, amounts: amountsOf(now, 1) });
    }
    return { tasks, changes };
  }
}

function merged(was: Task | undefined, { first, ...told }: Told): Task | null {
  if (!was) return first && { ...first, ...told };
  return {
    ...was,
    ...(first && isBefore(first, was) ? first : {}),
    lastAt: Math.max(was.lastAt, told.lastAt),
    decisions: was.decisions + told.decisions,
    regenerated: was.regenerated + told.regenerated,
  };
}
