import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "#lib/testing/database.ts";
import { aDecision, aSignal } from "../contract.ts";
import { describeEvidenceSource } from "../evidence-contract.ts";
import type { EvidenceAsked, EvidenceRow } from "../evidence-source.ts";
import { describeFigureSource } from "../figure-contract.ts";
import { postgresEvidence } from "./evidence.ts";
import { postgresFigures } from "./figures.ts";
import { postgresSink } from "./sink.ts";
import { organisationZone } from "./zone.ts";

const ANN = "a".repeat(32);
const { pool, db } = await testDatabase();
const zone = async () => "UTC";
const sink = postgresSink(pool, zone);

describeFigureSource("PostgreSQL", { sink, figures: postgresFigures(pool, zone) });
describeEvidenceSource("PostgreSQL", { sink, evidence: postgresEvidence(pool) });

test("the zone is the organisation's", async () => {
  const told = await organisationZone(pool)();
  expect(told).toBe((await db.organisation.findFirst())?.zone ?? "UTC");
});

test("of more people than are counted one by one, the number is told from a part of them", async () => {
  const [environment, feature, now] = [randomUUID(), "crowded", Date.now()];
  const hash = (n: number) => createHash("sha256").update(String(n)).digest("hex").slice(0, 32);
  // Two each, a day apart.
  const decisions = Array.from({ length: 2400 }, (_, n) =>
    aDecision(now - (n % 2 === 0 ? 26 : 2) * 3_600_000, { feature, userHash: hash(Math.floor(n / 2)) }),
  );
  await sink.append(environment, decisions);
  const asked = { feature, span: { from: now - 30 * 3_600_000, to: now }, answers: "every" as const };
  expect(await postgresEvidence(pool, 1200).count(environment, asked, new AbortController().signal)).toEqual({
    ...{ decisions: 2400, unnamed: 0, people: 1200, exact: true },
  });
  const told = await postgresEvidence(pool, 300).count(environment, asked, new AbortController().signal);
  expect(told).toMatchObject({ decisions: 2400, exact: false });
  expect(Math.abs(told.people / 1200 - 1)).toBeLessThan(0.3);
});

type Asking = { name: string; text: string; values: unknown[] };

/** The database, as one in which some statements take longer than they may; and of how many that was said. */
function slowAt(isSlow: (asking: Asking) => boolean) {
  const [query, refused] = [pool.query.bind(pool), { statements: 0 }];
  const slow = async (asking: Asking) => {
    if (!isSlow(asking)) return query(asking);
    refused.statements += 1;
    throw Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
  };
  return { refused, pool: Object.assign(Object.create(pool), { query: slow }) };
}

/** Where looking at more time than this takes too long. */
const slowFor = (mostMs: number) =>
  slowAt(({ name, values }) => {
    const [from, to] = values.filter((value) => value instanceof Date).slice(-2);
    return /^evidence-(count|near|harmed)/.test(name) && Number(to) - Number(from) > mostMs;
  });

async function idsOf(...[slow, environment, asked]: [pg.Pool, string, EvidenceAsked]): Promise<string[]> {
  const pages: EvidenceRow[][] = [];
  const read = postgresEvidence(slow).read(environment, asked, new AbortController().signal);
  for await (const page of read) pages.push(page);
  return pages.flat().map(({ decision }) => decision);
}

test.each(["every", "harmed"] as const)(
  "a day with too many decisions for one statement is counted and read in parts: %s",
  async (answers) => {
    const [environment, feature, now] = [randomUUID(), "busy", Date.now()];
    const HOUR = 3_600_000;
    const decisions = Array.from({ length: 60 }, (_, n) => aDecision(now - n * HOUR, { feature, userHash: ANN }));
    const stray = aDecision(now - 100 * HOUR, { feature, at: new Date(now - 5 * HOUR).toISOString() });
    const hurt = [...decisions, stray].map(({ id }) => aSignal(now, { decisionId: id }));
    await sink.append(environment, [...decisions, stray, ...hurt]);
    const asked = { feature, span: { from: now - 70 * HOUR, to: now + 1 }, answers };
    const never = new AbortController().signal;
    const { refused, pool: slow } = slowFor(2 * HOUR);
    expect(await postgresEvidence(slow).count(environment, asked, never)).toEqual({
      ...{ decisions: 61, unnamed: 1, people: 1, exact: true },
    });
    // The shorter length is kept, not found out again for each day.
    expect(refused.statements).toBeLessThan(15);
    expect(await idsOf(slow, environment, asked)).toEqual([...decisions.map(({ id }) => id).sort(), stray.id]);
    await expect(postgresEvidence(slowFor(0).pool).count(environment, asked, never)).rejects.toMatchObject({
      code: "57014",
    });
  },
);

test.each(["every", "harmed"] as const)(
  "what takes too long half-way is read on from there, each decision once: %s",
  async (answers) => {
    const [environment, feature, now] = [randomUUID(), "busy", Date.now()];
    const decisions = Array.from({ length: 3500 }, (_, n) => aDecision(now - 3_600_000 + n * 1000, { feature }));
    await sink.append(environment, decisions);
    await sink.append(
      environment,
      decisions.map(({ id }) => aSignal(now, { decisionId: id })),
    );
    const asked = { feature, span: { from: now - 3_600_000, to: now + 1 }, answers };
    let pages = 0;
    const { refused, pool: slow } = slowAt(({ name }) => /^evidence-(near|named)/.test(name) && ++pages === 3);
    expect(await idsOf(slow, environment, asked)).toEqual(decisions.map(({ id }) => id));
    expect(refused.statements).toBe(1);
  },
);
