import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { hashPassword } from "#lib/auth/password.ts";
import type { Context } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { checkChain, holdsHead } from "#lib/services/audit/queries.ts";
import { createKey, revokeKey } from "#lib/services/keys/commands.ts";
import { listKeys } from "#lib/services/keys/queries.ts";
import type { CreateKeyInput } from "#lib/services/keys/schema.ts";
import { describeOrganisation } from "#lib/services/organisation/commands.ts";
import { addPerson, endSessions, grantRole } from "#lib/services/people/commands.ts";
import type { GrantRoleInput } from "#lib/services/people/schema.ts";
import { startEpoch } from "#lib/services/rulesets/commands/start-epoch.ts";
import { auditKey, readSeals, sealFile, sealHolds } from "#lib/worker/audit-seal.ts";
import { Trouble } from "./give-up.ts";

/** The options of the command line; which of them a verb needs, its input schema says. */
export type AdminOptions = {
  email: string;
  name: string;
  zone?: string;
  role: string;
  only?: string;
  feature: string[];
  origin: string[];
  scope: string;
  id: string;
};

type Verb = (ctx: Context, options: AdminOptions) => Promise<string>;

/** What `npm run admin` can do; each answers with what to print. Commands check their input, so an unknown role or scope is refused there. */
export const VERBS: Record<string, Verb | undefined> = {
  "add-person": async (ctx, { email, name, zone }) => {
    const password = await askPassword();
    await addPerson(ctx, { environment: ctx.environment.key, email, name, password, zone }, hashPassword);
    return `${name} was added. Give them a role: npm run admin -- grant --email ${email} --role operator`;
  },
  grant: async (ctx, { email, role, only, feature }) => {
    const input = { environment: ctx.environment.key, email, role, only: only ?? null, feature: feature[0] ?? null };
    await grantRole(ctx, input as GrantRoleInput);
    return `${email} is ${role} now.`;
  },
  organisation: async (ctx, { name, zone }) => {
    await describeOrganisation(ctx, { environment: ctx.environment.key, name, zone: zone ?? "UTC" });
    return `The organisation is ${name}; its days begin in ${zone ?? "UTC"}.`;
  },
  "end-sessions": async (ctx, { email }) => {
    const { ended } = await endSessions(ctx, { environment: ctx.environment.key, email });
    return `${ended} sessions of ${email} were ended.`;
  },
  "create-key": async (ctx, { name, scope, origin, feature }) => {
    const input = { environment: ctx.environment.key, name, scope, origins: origin, features: feature };
    const { id, token } = await createKey(ctx, input as CreateKeyInput);
    return `${token}\n\nThis is shown once. Its id is ${id}.`;
  },
  "revoke-key": async (ctx, { id }) => {
    await revokeKey(ctx, { environment: ctx.environment.key, id });
    const key = (await listKeys(ctx)).find((each) => each.id === id);
    const users = key?.usedBy.length ? ` Still used today by: ${key.usedBy.join(", ")}.` : "";
    return `The key was revoked; its open streams end now.${users}`;
  },
  "list-keys": async (ctx) => {
    const keys = await listKeys(ctx);
    const line = (key: (typeof keys)[number]) =>
      `${key.id}  ${key.scope.padEnd(10)}  ${key.prefix}...  ${key.name}${key.revokedAt ? "  (revoked)" : ""}`;
    return keys.length === 0 ? "There are no keys here." : keys.map(line).join("\n");
  },
  "new-epoch": async (ctx) => {
    const { epoch, version } = await startEpoch(ctx, "Asked for on the command line.");
    return `A new epoch began in ${ctx.environment.name}: ${epoch}, version ${version}.`;
  },
};

/** Recomputes the audit chain and compares it with every signed head. @throws Trouble when something was changed */
export async function verifyAudit(db: PrismaClient): Promise<string> {
  const check = await checkChain(db);
  if (!check.whole) throw new Trouble(`The audit log was changed. ${check.because}`);
  const key = auditKey();
  const seals = await readSeals();
  for (const sealed of seals) {
    if (!sealHolds(sealed, key))
      throw new Trouble(`The signed head of ${sealed.at} in ${sealFile()} was not signed with our key.`);
    if (!(await holdsHead(db, { seq: BigInt(sealed.seq), hash: sealed.hash }))) {
      throw new Trouble(`Entry ${sealed.seq}, which was signed on ${sealed.at}, is not in the audit log any more.`);
    }
  }
  return `The audit log is whole: ${check.entries} entries, ${seals.length} signed heads, head ${check.head ?? "none"}.`;
}

/** Reads a password without showing it; from a pipe, its first line. */
async function askPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (process.stdin.isTTY) process.stdout.write("Password: ");
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  const password = await lines.question("");
  lines.close();
  if (process.stdin.isTTY) process.stdout.write("\n");
  return password;
}
