import type { ClientBase } from "pg";
import { MEASURES } from "#lib/core/metrics/measures.ts";
import { BLOCK, type BlockRow } from "../rollup/latency.ts";
import type { RollupRow } from "../rollup/sums.ts";
import { arrayLiteral, plainArray } from "./raw-rows.ts";

const FLOAT8_OID = 701;

/** Numbers as PostgreSQL's binary form of a one-dimensional float8[] (`array_recv`): reading them as text would cost more than adding them up. */
export function float8Array(parts: readonly Float64Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const buffer = Buffer.allocUnsafe(20 + 12 * length);
  // Dimensions, no nulls, element type, length, lower bound.
  [1, 0, FLOAT8_OID, length, 1].forEach((word, index) => {
    buffer.writeInt32BE(word, 4 * index);
  });
  let at = 20;
  for (const part of parts) {
    for (const value of part) {
      buffer.writeInt32BE(8, at);
      buffer.writeDoubleBE(value, at + 4);
      at += 12;
    }
  }
  return buffer;
}

const ROLLUP_UPSERT = `insert into telemetry.rollup (environment_id, resolution, feature, cut, bucket, release, arm, user_group, ${MEASURES.join(", ")})
  select $1::uuid, r.resolution, r.feature, r.cut, to_timestamp(r.bucket / 1000), r.release, r.arm, r.user_group,
    ${MEASURES.map((_, index) => `($9::float8[])[(r.i * ${MEASURES.length})::int - ${MEASURES.length - index - 1}]`).join(", ")}
  from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[], $8::int2[])
    with ordinality as r(resolution, feature, cut, bucket, release, arm, user_group, i)
  on conflict (environment_id, feature, resolution, cut, bucket, release, arm, user_group)
  do update set ${MEASURES.map((measure) => `${measure} = rollup.${measure} + excluded.${measure}`).join(", ")}`;

type Placed = Pick<RollupRow, "resolution" | "feature" | "cut" | "bucket" | "release" | "arm">;

/** What both tables are ordered by, a column each. */
function placesOf(rows: readonly Placed[]): string[] {
  return [
    arrayLiteral(rows.map((row) => row.resolution)),
    arrayLiteral(rows.map((row) => row.feature)),
    arrayLiteral(rows.map((row) => row.cut)),
    plainArray(rows.map((row) => row.bucket)),
    arrayLiteral(rows.map((row) => row.release)),
    arrayLiteral(rows.map((row) => row.arm)),
  ];
}

/** Adds rows of sums to the roll-ups. */
export async function writeRollups(client: ClientBase, environmentId: string, rows: readonly RollupRow[]) {
  if (rows.length === 0) return;
  await client.query({
    name: "rollups",
    text: ROLLUP_UPSERT,
    values: [
      environmentId,
      ...placesOf(rows),
      plainArray(rows.map((row) => row.group)),
      float8Array(rows.map((row) => row.sums)),
    ],
  });
}

const places = Array.from({ length: BLOCK }, (_, index) => index);
const BLOCK_UPSERT = `insert into telemetry.latency_block (environment_id, resolution, feature, cut, bucket, release, arm, block, counts)
  select $1::uuid, resolution, feature, cut, to_timestamp(bucket / 1000), release, arm, block,
    array[${places.map((index) => `($9::float8[])[(i * ${BLOCK})::int - ${BLOCK - index - 1}]`).join(", ")}]::bigint[]
  from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[], $8::int2[])
    with ordinality as r(resolution, feature, cut, bucket, release, arm, block, i)
  on conflict (environment_id, feature, resolution, cut, bucket, release, arm, block)
  do update set counts = array[${places.map((index) => `latency_block.counts[${index + 1}] + excluded.counts[${index + 1}]`).join(", ")}]`;

/** Adds to the latency bins. */
export async function writeBins(client: ClientBase, environmentId: string, rows: readonly BlockRow[]) {
  if (rows.length === 0) return;
  await client.query({
    name: "latency-blocks",
    text: BLOCK_UPSERT,
    values: [
      environmentId,
      ...placesOf(rows),
      plainArray(rows.map((row) => row.block)),
      float8Array(rows.map((row) => row.counts)),
    ],
  });
}
