import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { env } from "../env.ts";
import { Trouble } from "./give-up.ts";

const secretsSchema = z.object({
  /** Seals session cookies. */
  sessionSecret: z.string(),
  /** Base64 PKCS#8 Ed25519 key that signs the audit chain's head. */
  auditKey: z.string(),
  /** Base64 key of Next's server actions: the same for every build and replica. */
  actionsKey: z.string(),
  /** Password of everybody the demo seeds. */
  demoPassword: z.string(),
  /** Secret part of the demo's API key for its support desks. */
  deskSecret: z.string(),
});

/** What a data folder keeps secret, made at first use. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Absolute path of the data folder. */
export function dataFolder(): string {
  return resolve(env.EVENKEEL_DATA_DIR);
}

function newSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync("ed25519");
  return {
    sessionSecret: randomBytes(32).toString("base64url"),
    auditKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
    actionsKey: randomBytes(32).toString("base64"),
    demoPassword: randomBytes(9).toString("base64url"),
    deskSecret: randomBytes(32).toString("base64url"),
  };
}

/** The data folder's secrets; made and kept (readable by our account only) when there are none yet. */
export function readSecrets(): Secrets {
  const folder = dataFolder();
  const file = join(folder, "secrets.json");
  if (!existsSync(file)) {
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, `${JSON.stringify(newSecrets(), null, 2)}\n`, { mode: 0o600, flag: "wx" });
    } catch (cause) {
      if (!existsSync(file)) {
        throw new Trouble(
          `There is no permission to write to ${folder}. Set EVENKEEL_DATA_DIR to a folder you may write to.`,
          {
            cause,
          },
        );
      }
    }
  }
  return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}
