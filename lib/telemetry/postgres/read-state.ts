import type { ClientBase } from "pg";
import type { About } from "../rollup/about.ts";
import type { Task, TaskName } from "../rollup/tasks.ts";
import { arrayLiteral, plainArray } from "./raw-rows.ts";

type AboutRow = {
  id: string;
  feature: string | null;
  scenarios: string[];
  cohorts: string[];
  dimensions: Record<string, unknown>;
  release: string | null;
  arm: string | null;
  user: string | null;
  task: string | null;
};

/** Columns of a stored decision `d` that say what it is about; `aboutOf` reads them. */
export const ABOUT_COLUMNS = `d.id, d.feature, d.scenarios, d.cohorts, d.dimensions, d.release, d.arm, replace(d.user_hash::text, '-', '') as user, d.task`;

export function aboutOf(row: AboutRow): About {
  return { ...row, feature: row.feature ?? "", release: row.release ?? "", arm: row.arm ?? "" };
}

/** What stored decisions are about, by id. Those that are not stored are absent. Each is looked for in its own day only. */
export async function readAbouts(
  client: ClientBase,
  environmentId: string,
  ids: readonly string[],
): Promise<Map<string, About>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<AboutRow>({
    name: "abouts",
    text: `select ${ABOUT_COLUMNS} from unnest($2::uuid[]) w(id)
      cross join lateral (select * from telemetry.decision x where x.id = w.id and x.environment_id = $1::uuid offset 0) d`,
    values: [environmentId, plainArray(ids)],
  });
  return new Map(rows.map((row) => [row.id, aboutOf(row)]));
}

/** Stored tasks among these, of which no two are the same. */
export async function readTasks(
  client: ClientBase,
  environmentId: string,
  tasks: readonly TaskName[],
): Promise<Task[]> {
  if (tasks.length === 0) return [];
  const { rows } = await client.query<{
    feature: string;
    task: string;
    first_at: Date;
    first_id: string;
    release: string;
    arm: string;
    cuts: string[];
    user_group: number;
    decisions: number;
    regenerated: number;
    last_at: Date;
  }>({
    name: "tasks",
    text: `select t.* from unnest($2::text[], $3::text[]) w(feature, task)
      cross join lateral (
        select * from telemetry.task x where x.environment_id = $1::uuid and x.feature = w.feature and x.task = w.task offset 0
      ) t`,
    values: [
      environmentId,
      arrayLiteral(tasks.map(({ feature }) => feature)),
      arrayLiteral(tasks.map(({ task }) => task)),
    ],
  });
  return rows.map((row) => ({
    task: row.task,
    place: {
      part: { feature: row.feature, cuts: row.cuts, release: row.release, arm: row.arm },
      group: row.user_group,
    },
    firstAt: row.first_at.getTime(),
    firstId: row.first_id,
    lastAt: row.last_at.getTime(),
    decisions: row.decisions,
    regenerated: row.regenerated,
  }));
}
