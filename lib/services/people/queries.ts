import { authorize, type Context } from "#lib/context.ts";
import type { Role } from "#lib/core/access/actor.ts";
import type { PersonView } from "./schema.ts";

/** Everyone with their roles and live sessions, by name. */
export async function listPeople(ctx: Context): Promise<PersonView[]> {
  authorize(ctx, "person.view", {});
  const people = await ctx.db.person.findMany({
    orderBy: { name: "asc" },
    select: {
      id: true,
      name: true,
      email: true,
      archivedAt: true,
      roles: { where: { revokedAt: null }, include: { environment: { select: { key: true } } } },
      _count: { select: { sessions: { where: { endedAt: null, expiresAt: { gt: ctx.now } } } } },
    },
  });
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    email: person.email,
    archived: person.archivedAt !== null,
    roles: person.roles.map((grant) => ({
      id: grant.id,
      role: grant.role as Role,
      environment: grant.environment?.key ?? null,
      feature: grant.featureKey,
      since: grant.grantedAt.toISOString(),
    })),
    sessions: person._count.sessions,
  }));
}
