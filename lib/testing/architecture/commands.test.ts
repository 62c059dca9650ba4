import { describe, expect, it } from "vitest";
import { foreignActions, unguardedCommands } from "./commands.ts";
import { sources } from "./tree.ts";

const command = (text: string) => unguardedCommands([{ path: "lib/services/example/commands.ts", text }]).problems;

describe("every command authorises and audits", () => {
  it("holds in the tree, which was read", () => {
    const { commands, problems } = unguardedCommands(sources());
    expect(commands).toEqual(expect.arrayContaining(["placeControl", "liftControl", "publish"]));
    expect(problems).toEqual([]);
  });
  it("fires on a command that does neither, or only one of them", () => {
    expect(command("export async function a(ctx: Context) { await save(); }")).toHaveLength(2);
    expect(command("export async function a(ctx: Context) { authorize(ctx); }")).toEqual([
      expect.stringContaining("audit"),
    ]);
    expect(command("export const a = async (ctx: Context) => { await recordAudit(ctx); };")).toEqual([
      expect.stringContaining("authorise"),
    ]);
  });
  it("sees through helpers of the file and other commands", () => {
    const text = `
      export async function publish(ctx: Context) { can(ctx); await recordAudit(ctx); }
      async function helper(ctx: Context) { await publish(ctx); }
      export async function a(ctx: Context) { await helper(ctx); }`;
    expect(command(text)).toEqual([]);
  });
  it("takes an observation that says why it is none", () => {
    const body = "export async function a(ctx: Context) { authorize(ctx); }";
    expect(command(`/** Not audited: nobody's decision. */\n${body}`)).toEqual([]);
    expect(command(`/** Not audited. */\n${body}`)).toHaveLength(1);
  });
});

describe('every export of a "use server" file is built by the one action client', () => {
  const action = (text: string) => foreignActions({ path: "lib/services/example/actions.ts", text });
  it("holds in the tree", () => {
    expect(sources().flatMap(foreignActions)).toEqual([]);
  });
  it("fires on anything else", () => {
    const good = '"use server";\nexport const a = operatorAction(input, run);';
    expect(action(good)).toEqual([]);
    expect(action(`${good}\nexport async function b() {}`)).toHaveLength(1);
    expect(action(`${good}\nexport const b = async () => {};`)).toHaveLength(1);
    expect(action(`${good}\nexport { run } from "./commands.ts";`)).toHaveLength(1);
    expect(action(`${good}\nexport default run;`)).toHaveLength(1);
    expect(action("export const a = operatorAction(input, run);")).toHaveLength(1);
    expect(foreignActions({ path: "app/page.tsx", text: 'async function a() { "use server"; }' })).toHaveLength(1);
  });
});
