/**
 * What runs before anything is installed, on whatever Node (20 or newer) the machine has: installs the packages when some are missing,
 * then hands over to a TypeScript file under the Node that is among them. Plain JavaScript and Node's own modules only.
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = join(root, "node_modules", ".bin");
const OLDEST_NODE = 20;
/** First Node that runs TypeScript files without a flag. */
const TYPESCRIPT_NODE = [22, 18];
const NETWORK_TROUBLE =
  /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH|network/i;

/** Ends with one sentence on what to do. */
function giveUp(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** Whether every package of the lock file that this machine needs is installed in that version. */
function isInstalled() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (!path.startsWith("node_modules/") || wanted.link || wanted.optional || wanted.devOptional || wanted.peer)
      return true;
    return installed[path]?.version === wanted.version;
  });
}

function runNpm(args) {
  return spawnSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    shell: process.platform === "win32",
  });
}

/** Whether the registry answers at all. Where it does not, npm's patient retries would only hold the sentence about it back for minutes. */
function answers() {
  const ping = runNpm(["ping", "--fetch-retries=0", "--fetch-timeout=10000"]);
  return ping.status === 0 || !NETWORK_TROUBLE.test(ping.stderr ?? "");
}

function install() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    giveUp(`There is no permission to write to ${root}. Make it yours (chown) or clone Evenkeel to a folder of yours.`);
  }
  const started = Date.now();
  console.log("Installing packages (once; a minute or two) ...");
  // Not `npm ci`: that refuses a lock file that lacks the packages of other platforms, and registries lag in having those. This, too, keeps
  // to the versions of the lock file, and leaves the file alone.
  const quick = answers() ? [] : ["--fetch-retries=0", "--fetch-timeout=20000"];
  const npm = runNpm(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", ...quick]);
  if (npm.status === 0) {
    console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
    return;
  }
  if (npm.error) giveUp("npm was not found. Install Node 20 or newer together with npm, then start again.");
  if (NETWORK_TROUBLE.test(npm.stderr)) {
    const registry = spawnSync("npm", ["config", "get", "registry"], { cwd: root, encoding: "utf8" }).stdout?.trim();
    giveUp(
      `The npm registry (${registry}) cannot be reached. Check the network or npm's proxy settings, then start again.`,
    );
  }
  giveUp(`npm could not install the packages:\n${npm.stderr.trim()}`);
}

/** The Node that came with the packages, or this one when it is new enough. */
function newNode() {
  const packaged = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(packaged)) return packaged;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > TYPESCRIPT_NODE[0] || (major === TYPESCRIPT_NODE[0] && minor >= TYPESCRIPT_NODE[1]))
    return process.execPath;
  return giveUp(
    "The packages lack Node 24, because npm was told to run no install scripts. Run `npm rebuild node`, then start again.",
  );
}

/**
 * Runs `lib/cli/<command>.ts` with everything it needs and ends with its exit code. Signals are passed on. Ctrl-C in a terminal reaches the command by itself, too; what is
 * ending already ends no faster for that.
 */
export function runCommand(command, args) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    giveUp(`Evenkeel needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`);
  }
  const file = join(root, "lib", "cli", `${command}.ts`);
  if (!existsSync(file)) giveUp(`There is no command "${command}".`);
  if (!isInstalled()) install();
  const node = newNode();
  const child = spawn(node, [join(root, "lib", "cli", "launch.ts"), command, ...args], {
    stdio: "inherit",
    env: { ...process.env, PATH: [dirname(node), bin, process.env.PATH].join(delimiter) },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) endWithParent(child);
  child.on("error", (error) => giveUp(`The command could not be started: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

/** npm passes SIGTERM to its shell only, which ends without passing it on: that the shell is gone is all that reaches us of it. */
function endWithParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, 500);
  timer.unref();
}
