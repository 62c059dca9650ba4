/** Files of a customer, by name. What they print is checked. */
const cases = `
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(cases.map((each) => decide(each.ruleset, each.feature, each.context, each.inputs))));
`;

const client = `
async function main() {
  const evenkeel = createEvenkeel({ url: "http://127.0.0.1:1", key: "ek_production_x", app: "customer" });
  const { serve } = evenkeel.decide("reply-assistant", { userId: "user-1" });
  const result = await evenkeel.run("reply-assistant", {}, {
    generate: () => ({ output: "must not be" }),
    fallbacks: { manual: () => "the form" },
  });
  console.log(serve, result.served, result.output);
  await evenkeel.close({ timeoutMs: 100 });
}
main();
`;

const adapters = `
const evenkeel = createEvenkeel({ url: "", key: "", app: "customer" });
const provider = new EvenkeelProvider(evenkeel);
const middleware = evenkeelMiddleware({ evenkeel, feature: "f", context: {}, model: (_, wrapped) => wrapped, fallbacks: { manual: () => "" } });
console.log(provider.metadata.name, middleware.specificationVersion);
evenkeel.close();
`;

const typed = `
async function main(): Promise<void> {
  const evenkeel: Evenkeel = createEvenkeel({ url: "https://evenkeel.example", key: "ek_x", app: "customer", localStop: { file: "stop" } });
  await evenkeel.ready({ timeoutMs: 2000 });
  const decision: Decision = evenkeel.decide("reply-assistant", { userId: "u", scenarios: ["billing"], attributes: { n: 1 } });
  const result = await evenkeel.run("reply-assistant", { userId: "u" }, {
    generate: async (step, { signal }) => ({ output: step.model.length + (signal.aborted ? 1 : 0), confidence: 0.9, usage: { costUsd: 1 } }),
    fallbacks: { template: ({ text }) => text ?? "", manual: () => "form" },
  });
  if (result.error === null) {
    const output: number | string = result.output;
    console.log(output, result.needsReview, decision.because);
  } else console.log(result.error.message);
  const parts = evenkeel.stream("reply-assistant", {}, {
    generate: async function* (step) {
      yield step.model;
      return { confidence: 0.5 };
    },
    fallbacks: { manual: () => "form" },
  });
  for await (const part of parts) {
    if (part.type === "delta") console.log(part.delta.toUpperCase());
    else if (part.type === "retract") console.log(part.because);
    else console.log(part.result.served);
  }
  evenkeel.record(decision.id, "edited", { seconds: 42, changed: 0.3 });
  evenkeel.report(decision, { latencyMs: 12 });
  // @ts-expect-error manual is mandatory
  await evenkeel.run("f", {}, { generate: () => ({ output: 1 }), fallbacks: {} });
  // @ts-expect-error no such signal
  evenkeel.record(decision.id, "liked");
  // @ts-expect-error the app must be named
  createEvenkeel({ url: "", key: "" });
  await evenkeel.close();
}
void main();
`;

const typedAdapters = `
export function adapters(evenkeel: Evenkeel): [Provider, LanguageModelV4Middleware] {
  const middleware = evenkeelMiddleware({
    evenkeel,
    feature: "reply-assistant",
    context: (params) => ({ userId: "u", attributes: { parts: params.prompt.length } }),
    model: (step, wrapped) => (step.model === wrapped.modelId ? wrapped : wrapped),
    fallbacks: { manual: () => "form" },
    onResult: (result) => console.log(result.served),
  });
  return [new EvenkeelProvider(evenkeel), middleware];
}
`;

const importLine = 'import { createEvenkeel, decide } from "@evenkeel/sdk";\n';
const requireLine = 'const { createEvenkeel, decide } = require("@evenkeel/sdk");\n';

export const consumers: Record<string, string> = {
  "cases.mjs": `import { readFileSync } from "node:fs";\n${importLine}${cases}`,
  "cases.cjs": `const { readFileSync } = require("node:fs");\n${requireLine}${cases}`,
  "client.mjs": importLine + client,
  "client.cjs": requireLine + client,
  "adapters.mjs": `${importLine}import { EvenkeelProvider } from "@evenkeel/sdk/openfeature";\nimport { evenkeelMiddleware } from "@evenkeel/sdk/ai-sdk";\n${adapters}`,
  "adapters.cjs": `${requireLine}const { EvenkeelProvider } = require("@evenkeel/sdk/openfeature");\nconst { evenkeelMiddleware } = require("@evenkeel/sdk/ai-sdk");\n${adapters}`,
  "typed.mts": `import { createEvenkeel, type Decision, type Evenkeel } from "@evenkeel/sdk";\n${typed}`,
  "typed.cts": `import { createEvenkeel, type Decision, type Evenkeel } from "@evenkeel/sdk";\n${typed}`,
  "typed-adapters.mts": `import type { LanguageModelV4Middleware } from "@ai-sdk/provider";\nimport type { Provider } from "@openfeature/server-sdk";\nimport type { Evenkeel } from "@evenkeel/sdk";\nimport { evenkeelMiddleware } from "@evenkeel/sdk/ai-sdk";\nimport { EvenkeelProvider } from "@evenkeel/sdk/openfeature";\n${typedAdapters}`,
};

const strict = {
  target: "ES2023",
  lib: ["ES2023", "DOM", "DOM.AsyncIterable"],
  module: "nodenext",
  moduleResolution: "nodenext",
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  types: [],
};

/** Strict customers, as ESM and as CJS; our own declarations are checked too, those of the adapters' peers are theirs. */
export const tsconfigs: Record<string, object> = {
  "tsconfig.json": { compilerOptions: { ...strict, skipLibCheck: false }, files: ["typed.mts", "typed.cts"] },
  "tsconfig.adapters.json": { compilerOptions: { ...strict, skipLibCheck: true }, files: ["typed-adapters.mts"] },
};
