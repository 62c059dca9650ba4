import { execFileSync, spawnSync } from "node:child_process";
import { userInfo } from "node:os";

/** The account that PostgreSQL runs under; empty when it is our own. */
export type ServerAccount = { uid?: number; gid?: number };

function idOf(kind: "-u" | "-g"): number | undefined {
  const answer = spawnSync("id", [kind, "postgres"], { encoding: "utf8" });
  return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : undefined;
}

/**
 * PostgreSQL refuses to run as root, so root gets an account "postgres" for it, made when missing.
 * @throws Error in plain words when that account cannot be made.
 */
export function serverAccount(): ServerAccount {
  if (userInfo().uid !== 0) return {};
  if (idOf("-u") === undefined) {
    try {
      execFileSync("groupadd", ["-f", "postgres"], { stdio: "pipe" });
      execFileSync("useradd", ["-r", "-g", "postgres", "postgres"], { stdio: "pipe" });
    } catch (cause) {
      throw new Error(
        "PostgreSQL does not run as root, and an account `postgres` could not be made. Run as another user, or set DATABASE_URL.",
        { cause },
      );
    }
  }
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** Whether that account can enter and read a folder (a folder in somebody's private home cannot be entered). */
export function canReach(account: ServerAccount, folder: string): boolean {
  if (account.uid === undefined) return true;
  return spawnSync("test", ["-r", folder, "-a", "-x", folder], { ...account, cwd: "/" }).status === 0;
}
