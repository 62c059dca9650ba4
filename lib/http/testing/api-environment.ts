import { randomUUID } from "node:crypto";
import { afterAll } from "vitest";
import type { KeyScope } from "#lib/core/access/actor.ts";
import { compileRuleset } from "#lib/core/compile/compile-ruleset.ts";
import { sampleSource } from "#lib/core/compile/testing/source-samples.ts";
import type { Control, Ruleset } from "#lib/core/decision/ruleset.ts";
import { rulesetHash } from "#lib/core/delivery/hash.ts";
import { closeDb } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { hashOfKey } from "#lib/services/keys/queries.ts";
import { type TestDatabase, testDatabase } from "#lib/testing/database.ts";
import { closeAll } from "../closers.ts";

/** An environment with published rules and keys, in a database of its own, as the route handlers of this process see it. */
export type ApiEnvironment = {
  database: TestDatabase;
  id: string;
  epoch: string;
  /** Publishes the sample rules with these controls as the next version; `notify` false: as if the notification were lost. */
  publish(controls?: Record<string, Control>, options?: { notify?: boolean; epoch?: string }): Promise<Ruleset>;
  makeKey(scope: KeyScope, more?: { origins?: string[]; features?: string[] }): Promise<{ id: string; token: string }>;
  revokeKey(id: string, options?: { notify?: boolean }): Promise<void>;
};

/** A control that turns the sample feature's billing off. */
export const BILLING_OFF: Control = {
  sentence: "Disable AI replies for billing cases",
  scope: { feature: "reply-assistant", scenario: "billing" },
  effects: [{ kind: "serve", cause: "quality" }],
  expiresAt: null,
  code: "control",
};

/** Points this process at a fresh database with one environment. Use it at the top of a `*.db.test.ts`. */
export async function apiEnvironment(key = "production"): Promise<ApiEnvironment> {
  const database = await testDatabase();
  setEnv({
    DATABASE_URL: database.appUrl,
    DATABASE_DIRECT_URL: database.ownerUrl,
    EVENKEEL_SECRET: "a secret of at least thirty-two characters",
    LOG_LEVEL: "silent",
  });
  afterAll(async () => {
    await closeAll();
    await closeDb();
  });
  const { db, pool } = database;
  const userHashKey = Buffer.from("the environment's key").toString("base64");
  const { id, epoch } = await db.environment.create({
    data: { key, name: key, colour: "red", epoch: randomUUID(), userHashKey },
  });
  let current = { epoch, version: 0 };

  return {
    database,
    id,
    epoch,
    async publish(controls = {}, options = {}) {
      current = { epoch: options.epoch ?? current.epoch, version: options.epoch ? 1 : current.version + 1 };
      const compiled = compileRuleset({
        ...sampleSource,
        environment: { ...sampleSource.environment, ...current, userHashKey },
      });
      const ruleset = { ...compiled, controls };
      const stored = {
        ...current,
        environmentId: id,
        ruleset,
        hash: rulesetHash(ruleset),
        publishedAt: new Date(),
        cause: "test",
      };
      await db.$transaction([
        db.rulesetVersion.create({ data: stored }),
        db.environment.update({ where: { id }, data: current }),
      ]);
      if (options.notify ?? true) {
        await pool.query("select pg_notify('evenkeel_ruleset', $1)", [
          JSON.stringify({ environment: key, ...current }),
        ]);
      }
      return ruleset;
    },
    async makeKey(scope, more = {}) {
      const token = `ek_${key}_${randomUUID()}${randomUUID()}`;
      const row = await db.apiKey.create({
        data: {
          environmentId: id,
          name: `${scope} key`,
          prefix: token.slice(0, 10),
          secretHash: hashOfKey(token),
          scope,
          createdBy: "test",
          ...more,
        },
      });
      return { id: row.id, token };
    },
    async revokeKey(keyId, options = {}) {
      await db.apiKey.update({ where: { id: keyId }, data: { revokedAt: new Date() } });
      if (options.notify ?? true) await pool.query("select pg_notify('evenkeel_key', $1)", [keyId]);
    },
  };
}
