import { describe, expect, it } from "vitest";
import { badNames, barrels, forgedContexts, strangers, tooLong } from "./layout.ts";
import { filesOf, sources } from "./tree.ts";

const files = sources();
const paths = files.map(({ path }) => path);
const lines = (count: number) => "x;\n".repeat(count);

describe("file sizes", () => {
  it("hold in the tree, which was read", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(tooLong(files)).toEqual([]);
  });
  it("fire", () => {
    const short = Array.from({ length: 20 }, (_, index) => ({ path: `lib/a/${index}.ts`, text: lines(20) }));
    expect(tooLong([...short, { path: "lib/a.ts", text: lines(401) }])).toHaveLength(1);
    expect(tooLong([...short, { path: "app/(console)/x/page.tsx", text: lines(61) }])).toHaveLength(1);
    expect(tooLong([...short, { path: "app/page.tsx", text: lines(61) }])).toHaveLength(1);
    expect(tooLong([...short, { path: "app/api/x/route.ts", text: lines(41) }])).toHaveLength(1);
    expect(tooLong(short.map((file, index) => (index < 3 ? { ...file, text: lines(211) } : file)))).toHaveLength(1);
    expect(tooLong(short)).toEqual([]);
  });
});

describe("lib/services has a closed vocabulary", () => {
  it("holds in the tree", () => {
    expect(paths.filter((path) => path.startsWith("lib/services/")).length).toBeGreaterThan(20);
    expect(strangers(paths)).toEqual([]);
  });
  it("fires", () => {
    const bad = ["lib/services/controls/helpers.ts", "lib/services/utils.ts", "lib/services/controls/deep/schema.ts"];
    expect(strangers(bad)).toEqual(bad);
    expect(strangers(["lib/services/controls/record.ts"])).toHaveLength(1);
    expect(strangers(["lib/services/controls/commands/place.ts", "lib/services/controls/schema.ts"])).toEqual([]);
    expect(strangers(["lib/services/metrics/queries/markers.ts", "lib/services/metrics/present/markers.ts"])).toEqual(
      [],
    );
    expect(strangers(["lib/services/metrics/helpers/markers.ts"])).toHaveLength(1);
  });
});

describe("names are kebab-case", () => {
  it("holds in the tree", () => {
    expect(badNames(paths)).toEqual([]);
  });
  it("fires", () => {
    expect(badNames(["lib/core/FooBar.ts", "lib/core/foo_bar.ts", "components/ui/Button.tsx"])).toHaveLength(3);
  });
});

describe("there are no barrels but the SDK's entries", () => {
  it("holds in the tree", () => {
    expect(files.flatMap(barrels)).toEqual([]);
  });
  it("fires", () => {
    expect(barrels({ path: "lib/core/a.ts", text: 'export * from "./b.ts";' })).toHaveLength(1);
    expect(barrels({ path: "lib/core/a.ts", text: 'export { b } from "./b.ts";' })).toHaveLength(1);
    expect(barrels({ path: "components/ui/index.ts", text: "export const a = 1;" })).toHaveLength(1);
  });
});

describe("only the three gates mint a Context", () => {
  it("holds in the tree, in which they do", () => {
    expect(
      filesOf("lib/auth", "lib/http", "lib/worker").filter(({ text }) => text.includes("mintContext(")).length,
    ).toBeGreaterThan(2);
    expect(files.flatMap(forgedContexts)).toEqual([]);
  });
  it("fires", () => {
    expect(forgedContexts({ path: "lib/services/a/commands.ts", text: "const ctx = mintContext({});" })).toHaveLength(
      1,
    );
    expect(forgedContexts({ path: "lib/cli/a.ts", text: "const mint = mintContext;" })).toHaveLength(1);
  });
});
