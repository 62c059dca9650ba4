import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "#lib/testing/database.ts";
import { aDecision } from "../contract.ts";
import { describeEvidenceSource } from "../evidence-contract.ts";
import { describeFigureSource } from "../figure-contract.ts";
import { postgresEvidence } from "./evidence.ts";
import { postgresFigures } from "./figures.ts";
import { postgresSink } from "./sink.ts";
import { organisationZone } from "./zone.ts";

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
