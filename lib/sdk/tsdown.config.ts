import { defineConfig } from "tsdown";

const BUNDLED = [/^@noble\/hashes/, "eventsource-parser", "uuid"];

/** Everything of ours and the small libraries it uses go into the package, so that a host installs nothing else. */
export default defineConfig({
  entry: { index: "index.ts", openfeature: "openfeature.ts", "ai-sdk": "ai-sdk.ts" },
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20",
  fixedExtension: false,
  dts: true,
  clean: true,
  deps: {
    alwaysBundle: BUNDLED,
    // Anything else that finds its way in (a schema library, say) fails the build.
    onlyBundle: BUNDLED,
    neverBundle: ["@openfeature/server-sdk", "@ai-sdk/provider"],
  },
});
