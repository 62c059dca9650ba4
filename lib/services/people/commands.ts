import { authorize, type Context } from "#lib/context.ts";
import { actorReference } from "#lib/core/access/actor.ts";
import { ROLE_WORDS } from "#lib/core/access/permissions.ts";
import { type Tx, transaction } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { recordAudit } from "../audit/record.ts";
import {
  type AddPersonInput,
  addPersonInput,
  type EndSessionsInput,
  endSessionsInput,
  type GrantRoleInput,
  grantRoleInput,
  type RevokeRoleInput,
  revokeRoleInput,
} from "./schema.ts";

/** Adds a person without any role. `hash` is lib/auth's `hashPassword`: services do not know how passwords are kept. */
export async function addPerson(
  ctx: Context,
  raw: AddPersonInput,
  hash: (password: string) => Promise<string>,
): Promise<{ id: string }> {
  authorize(ctx, "person.manage", {});
  const input = addPersonInput.parse(raw);
  const passwordHash = await hash(input.password);
  return transaction(ctx.db, async (tx) => {
    if (await tx.person.findUnique({ where: { email: input.email }, select: { id: true } })) {
      throw new AppError("conflict", `There already is somebody with the address ${input.email}.`);
    }
    const { email, name, zone } = input;
    const person = await tx.person.create({ data: { email, name, zone, passwordHash, createdAt: ctx.now } });
    await recordAudit(tx, ctx, {
      action: "person.add",
      everywhere: true,
      target: `person:${person.id}`,
      sentence: `${name} was added.`,
    });
    return { id: person.id };
  });
}

/** Gives a role. Giving one that is held already changes nothing, so its age does not start afresh. */
export async function grantRole(ctx: Context, raw: GrantRoleInput): Promise<{ id: string }> {
  authorize(ctx, "role.grant", {});
  const input = grantRoleInput.parse(raw);
  return transaction(ctx.db, async (tx) => {
    const person = await personByEmail(tx, input.email);
    const environment = input.only && (await tx.environment.findUnique({ where: { key: input.only } }));
    if (input.only && !environment) throw new AppError("not-found", `There is no environment "${input.only}".`);
    const grant = {
      personId: person.id,
      role: input.role,
      environmentId: environment ? environment.id : null,
      featureKey: input.feature,
    };
    const held = await tx.roleGrant.findFirst({ where: { ...grant, revokedAt: null }, select: { id: true } });
    if (held) return held;
    const made = await tx.roleGrant.create({
      data: { ...grant, grantedAt: ctx.now, grantedBy: actorReference(ctx.actor) },
      select: { id: true },
    });
    const where = environment ? ` in ${environment.name}` : "";
    const what = input.feature ? ` for ${input.feature}` : "";
    await recordAudit(tx, ctx, {
      action: "role.grant",
      everywhere: true,
      target: `person:${person.id}`,
      sentence: `${person.name} was made ${ROLE_WORDS[input.role]}${where}${what}.`,
    });
    return made;
  });
}

/** Takes a role away; it is gone at the person's next request. */
export async function revokeRole(ctx: Context, raw: RevokeRoleInput): Promise<void> {
  authorize(ctx, "role.grant", {});
  const input = revokeRoleInput.parse(raw);
  await transaction(ctx.db, async (tx) => {
    const grant = await tx.roleGrant.findUnique({ where: { id: input.grant }, include: { person: true } });
    if (!grant) throw new AppError("not-found", "There is no such role.");
    const { count } = await tx.roleGrant.updateMany({
      where: { id: grant.id, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0) return;
    await recordAudit(tx, ctx, {
      action: "role.revoke",
      everywhere: true,
      target: `person:${grant.personId}`,
      sentence: `${grant.person.name} is no longer ${grant.role}.`,
    });
  });
}

/** Ends every session of a person, everywhere at once. */
export async function endSessions(ctx: Context, raw: EndSessionsInput): Promise<{ ended: number }> {
  authorize(ctx, "session.end", {});
  const input = endSessionsInput.parse(raw);
  return transaction(ctx.db, async (tx) => {
    const person = await personByEmail(tx, input.email);
    const { count } = await tx.session.updateMany({
      where: { personId: person.id, endedAt: null },
      data: { endedAt: ctx.now },
    });
    await recordAudit(tx, ctx, {
      action: "session.end",
      everywhere: true,
      target: `person:${person.id}`,
      sentence: `All sessions of ${person.name} were ended.`,
    });
    return { ended: count };
  });
}

async function personByEmail(tx: Tx, email: string): Promise<{ id: string; name: string }> {
  const person = await tx.person.findUnique({ where: { email }, select: { id: true, name: true } });
  if (person) return person;
  throw new AppError("not-found", `There is nobody with the address ${email}.`);
}
