import { rulesetHash } from "#lib/core/delivery/hash.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { checkChain } from "#lib/services/audit/queries.ts";
import { currentRuleset } from "#lib/services/rulesets/queries.ts";

/** Everything on which ruleset, controls and audit of an environment do not agree, in words; empty when they do. */
export async function disagreements(db: PrismaClient, environmentKey: string): Promise<string[]> {
  const environment = await db.environment.findUniqueOrThrow({ where: { key: environmentKey } });
  const [controls, versions, stored, entries, chain] = await Promise.all([
    db.control.findMany({ where: { environmentId: environment.id } }),
    db.rulesetVersion.findMany({
      where: { environmentId: environment.id },
      select: { version: true, hash: true },
      orderBy: { version: "asc" },
    }),
    currentRuleset(db, environment.id),
    db.auditEntry.findMany({
      where: { environment: environmentKey },
      select: { action: true, target: true, details: true },
    }),
    checkChain(db),
  ]);
  const found: string[] = [];
  const expect = (holds: boolean, otherwise: string) => {
    if (!holds) found.push(otherwise);
  };

  expect(chain.whole, `the audit chain is broken: ${chain.whole ? "" : chain.because}`);
  expect(stored !== null, "the newest version of the environment has no ruleset");
  expect(
    versions.every((row, index) => row.version === index + 1) && versions.at(-1)?.version === environment.version,
    `versions have a gap: ${versions.map((row) => row.version).join(" ")}, environment at ${environment.version}`,
  );
  if (stored) {
    const active = controls.filter((control) => control.liftedAt === null).map((control) => control.id);
    const carried = Object.keys(stored.ruleset.controls);
    expect(same(active, carried), `active controls ${active.sort()} but the ruleset carries ${carried.sort()}`);
    expect(rulesetHash(stored.ruleset) === stored.hash, "the newest ruleset does not have its hash");
  }
  const count = (action: string, id: string) =>
    entries.filter((entry) => entry.target === `control:${id}` && entry.action === action).length;
  for (const control of controls) {
    expect(
      count("control.place", control.id) === 1,
      `control ${control.id} has ${count("control.place", control.id)} entries of being placed`,
    );
    const lifted = count("control.lift", control.id);
    expect(lifted === (control.liftedAt ? 1 : 0), `control ${control.id} has ${lifted} entries of being lifted`);
    const known = [control.publishedVersion, control.liftedVersion].every(
      (version) => version === null || version <= environment.version,
    );
    expect(known, `control ${control.id} names a version that was never published`);
  }
  const ghosts = entries.filter(
    ({ action, target }) =>
      action === "control.place" && !controls.some((control) => target === `control:${control.id}`),
  );
  expect(ghosts.length === 0, `${ghosts.length} entries tell of controls that do not exist`);
  return found;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
