import { execFile } from "node:child_process";
import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);

/**
 * Installs this example into the folder `target` as a customer would: the SDK in `sdkFolder` (already built) is packed, and the tarball is
 * installed there by npm. So the desk resolves `@evenkeel/sdk` from its own node_modules and nothing from this repository.
 * Needs no network, because the SDK has no dependencies. Returns the folder.
 */
export async function installDesk(target, sdkFolder = join(here, "..", "..")) {
  await rm(join(target, "node_modules"), { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(here, target, {
    recursive: true,
    filter: (from) => !/node_modules|\.tgz$|\.test\.ts$/.test(from.slice(here.length)),
  });
  await npm(["pack", "--silent", "--pack-destination", target], sdkFolder);
  const packed = (await readdir(target)).find((name) => /^evenkeel-sdk-.*\.tgz$/.test(name));
  if (!packed) throw new Error(`npm pack left no tarball in ${target}.`);
  await rename(join(target, packed), join(target, "evenkeel-sdk.tgz"));
  await npm(["install", "--offline", "--no-package-lock", "--no-audit", "--no-fund", "--workspaces=false"], target);
  return target;
}

async function npm(args, cwd) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_")),
  );
  try {
    await run("npm", args, { cwd, env, shell: process.platform === "win32" });
  } catch (error) {
    throw new Error(`npm ${args[0]} failed in ${cwd}: ${error.stderr || error.message}`, { cause: error });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const target = process.argv[2];
  if (!target) {
    console.error("Say where to install the support desk: node install.mjs <folder>");
    process.exit(1);
  }
  console.log(`The support desk is in ${await installDesk(target)}.`);
}
