import { randomUUID } from "node:crypto";
import { type Context, mintContext } from "../context.ts";
import type { Actor, Grant, KeyScope, Role } from "../core/access/actor.ts";
import type { PrismaClient } from "../db/generated/client.ts";
import { NOON } from "./clock.ts";
import { unique } from "./factories.ts";

/** A person who has held a role for thirty days, everywhere unless `grant` says otherwise. */
export function personActor(role: Role, grant: Partial<Grant> = {}): Extract<Actor, { kind: "person" }> {
  const name = unique(role);
  const grantedAt = NOON.getTime() - 30 * 86_400_000;
  const grants = [{ role, environment: null, feature: null, grantedAt, ...grant }];
  return { kind: "person", id: randomUUID(), name, email: `${name}@example.com`, sessionId: randomUUID(), grants };
}

/** An API key of an environment. */
export function keyActor(scope: KeyScope, environment: string, features: readonly string[] = []): Actor {
  return { kind: "key", id: randomUUID(), name: unique("key"), scope, environment, features, origins: [] };
}

/** A Context as a gate would mint it. `who`: a role, or a whole actor. */
export function contextFor(
  db: PrismaClient,
  environment: Context["environment"],
  who: Role | Actor = "operator",
  now: Date = NOON,
): Context {
  const { id, key, name, guarded } = environment;
  const actor = typeof who === "string" ? personActor(who) : who;
  return mintContext({ actor, environment: { id, key, name, guarded }, db, now, requestId: randomUUID() });
}
