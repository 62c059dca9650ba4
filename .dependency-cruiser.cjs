/**
 * Who may import whom (docs/architecture.md). Every rule is an error and there is no list of exceptions. `lib/cli/check-boundaries.ts` runs it and
 * proves that it read the tree; `lib/testing/architecture/boundaries.test.ts` proves that each rule still fires.
 */
const TESTS = "\\.test\\.tsx?$|^lib/testing/|/testing/|^e2e/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Move what both need into a third file that imports neither.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolves",
      comment: "The import leads nowhere: mend the path, or add the package to package.json.",
      severity: "error",
      from: {},
      // The SDK's own entry is there only once it is packed; the next rule says who may name it.
      to: { couldNotResolve: true, pathNot: "^@evenkeel/sdk" },
    },
    {
      name: "packed-sdk-in-examples",
      comment: "Only an example host installs the packed SDK: inside the project import lib/sdk's own files.",
      severity: "error",
      from: { pathNot: "^lib/sdk/examples/" },
      to: { path: "^@evenkeel/sdk|(^|/)lib/sdk/dist/" },
    },
    {
      name: "only-app-imports-app",
      comment: "app is routing only: move what is shared to components or lib.",
      severity: "error",
      from: { pathNot: `^app/|${TESTS}` },
      to: { path: "^app/" },
    },
    {
      name: "core-is-pure",
      // lib/errors.ts is the closed set of errors: it imports nothing and does nothing.
      comment:
        "lib/core imports nothing but itself, the closed set of errors, and pure libraries: take what you need as a parameter; I/O belongs in lib/services.",
      severity: "error",
      from: { path: "^lib/core/", pathNot: TESTS },
      to: { pathNot: "^lib/core/|^lib/errors\\.ts$|node_modules/(zod|@noble/hashes|@stdlib|date-fns|uuid)/" },
    },
    {
      name: "sdk-ships-alone",
      comment:
        "The SDK is packed without the rest: it may import itself and pure rules of lib/core, by relative path. Move what it needs to lib/core.",
      severity: "error",
      from: { path: "^lib/sdk/", pathNot: `${TESTS}|^lib/sdk/(examples|scripts)/` },
      to: { path: "^(app|components|lib|prisma|e2e)/", pathNot: "^lib/(sdk|core)/" },
    },
    {
      name: "components-see-schemas-actions-and-words",
      comment:
        "Components may import schema, actions and present of a service and pure rules; pass data down from the page, or call an action or route.",
      severity: "error",
      from: { path: "^components/", pathNot: TESTS },
      to: {
        path: "^(app|lib|prisma|e2e)/",
        pathNot: "^lib/services/[^/]+/(schema|actions|present)(\\.tsx?$|/)|^lib/core/|^lib/errors\\.ts$",
      },
    },
    {
      name: "services-know-no-framework",
      comment:
        "Queries, commands and words of a service know nothing of Next or React: read headers and cookies in lib/auth or lib/http, revalidate in actions.",
      severity: "error",
      from: { path: "^lib/services/", pathNot: `/actions(\\.ts$|/)|${TESTS}` },
      to: { path: "node_modules/(next|react|react-dom|next-auth|next-safe-action)/" },
    },
    {
      name: "services-stay-below-the-gates",
      comment:
        "Services are called by app, lib/auth, lib/http and lib/worker, never the other way round. Take what you need as a parameter.",
      severity: "error",
      from: { path: "^lib/services/", pathNot: `/actions(\\.ts$|/)|${TESTS}` },
      to: { path: "^(app|components|e2e|lib/(auth|http|worker|cli|sdk|testing))/" },
    },
    {
      name: "actions-call-commands",
      comment:
        "A server action is built by lib/auth's client and calls commands and queries; rendering belongs in components.",
      severity: "error",
      from: { path: "^lib/services/[^/]+/actions(\\.ts$|/)" },
      to: { path: "^(app|components|e2e|lib/(worker|cli|sdk|testing))/" },
    },
    {
      name: "schemas-and-words-run-in-the-browser",
      comment: "schema.ts and present.ts are bundled for the browser: no database, no Node, no queries or commands.",
      severity: "error",
      from: { path: "^lib/services/[^/]+/(schema|present)(\\.ts$|/)", pathNot: TESTS },
      to: {
        path: "^lib/(db|auth|http|worker|telemetry|cli|testing|env|log)|^lib/services/[^/]+/(queries|commands|actions|record)(\\.ts$|/)|node_modules/(pg|pino|pg-boss|@prisma)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "prisma-only-behind-queries-and-commands",
      comment:
        "Only queries, commands, record, lib/db, lib/auth, lib/testing and the seed speak to Prisma: write a query or a command, and call that.",
      severity: "error",
      from: {
        pathNot: `^lib/db/|^lib/auth/|^prisma/|^lib/context\\.ts$|^lib/services/[^/]+/(queries|commands|record)(\\.ts$|/)|${TESTS}`,
      },
      to: { path: "^lib/db/generated/|node_modules/@prisma/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "db-knows-nobody",
      comment: "lib/db is below everything: move the rule to lib/core or lib/services.",
      severity: "error",
      from: { path: "^lib/db/", pathNot: TESTS },
      to: { path: "^(app|components|lib|prisma|e2e)/", pathNot: "^lib/(db/|env\\.ts|errors\\.ts|log\\.ts)" },
    },
    {
      name: "telemetry-knows-only-core",
      comment:
        "lib/telemetry stores events with pg, behind its interfaces: rules belong in lib/core, commands in lib/services.",
      severity: "error",
      from: { path: "^lib/telemetry/", pathNot: TESTS },
      to: {
        path: "^(app|components|lib|prisma|e2e)/",
        pathNot: "^lib/(telemetry|core|db)/|^lib/(env|errors|log)\\.ts$",
      },
    },
    {
      name: "gates-stand-apart",
      comment: "The three gates (lib/auth, lib/http, lib/worker) do not lean on the command line, components or pages.",
      severity: "error",
      from: { path: "^lib/(auth|http|worker)/", pathNot: TESTS },
      to: { path: "^(app|components|e2e|lib/(cli|testing|sdk))/" },
    },
    {
      name: "tests-stay-out-of-the-product",
      comment: "Helpers for tests are not part of the product: move what both need next to the code.",
      severity: "error",
      from: { pathNot: `${TESTS}|^lib/cli/|^(vitest|playwright)\\.config\\.ts$` },
      to: { path: "^(e2e/|lib/testing/)|\\.test\\.tsx?$" },
    },
    {
      name: "only-tools-import-tools",
      comment: "lib/cli is what npm scripts run: move what the product needs to lib.",
      severity: "error",
      from: { pathNot: `^lib/cli/|^e2e/|${TESTS}` },
      to: { path: "^lib/cli/" },
    },
    {
      name: "pages-do-not-reach-the-database",
      comment: "Pages and routes call queries and commands of a service, never the database.",
      severity: "error",
      from: { path: "^app/", pathNot: TESTS },
      to: { path: "^lib/db/|node_modules/(pg|@prisma)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^lib/db/generated/|(^|/)lib/sdk/dist/" },
    exclude: { path: "(^|/)(\\.next|\\.data|test-results)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
