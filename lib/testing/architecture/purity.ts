import ts from "typescript";
import { isTest, nodesOf, parse, placeOf, type SourceFile } from "./tree.ts";

/** Globals that read a clock, chance, the environment or the outside world, or act on it. */
const IMPURE = new Set([
  "Date",
  "performance",
  "crypto",
  "process",
  "fetch",
  "console",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "globalThis",
  "window",
  "document",
  "localStorage",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "require",
]);

function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isTypeNode(parent) || ts.isPropertySignature(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isExpressionWithTypeArguments(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) return false;
  return true;
}

/** Where `lib/core` uses a clock, randomness, the environment or I/O. */
export function impurities(file: SourceFile): string[] {
  if (!file.path.startsWith("lib/core/") || isTest(file.path)) return [];
  const found: string[] = [];
  for (const node of nodesOf(parse(file))) {
    if (ts.isPropertyAccessExpression(node) && node.getText() === "Math.random")
      found.push(`${placeOf(node)} Math.random`);
    if (ts.isIdentifier(node) && IMPURE.has(node.text) && isReference(node))
      found.push(`${placeOf(node)} ${node.text}`);
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      if (node.moduleSpecifier.text.startsWith("node:")) found.push(`${placeOf(node)} ${node.moduleSpecifier.text}`);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push(`${placeOf(node)} import()`);
  }
  return found;
}

/**
 * Programs that start before lib/env.ts can be loaded, instrumentation (Next replaces NEXT_RUNTIME in its text), programs of a host, and the
 * SDK's local stop, which a host sets.
 */
const OWN_ENVIRONMENT =
  /^lib\/env\.ts$|^instrumentation\.ts$|^lib\/cli\/\w[\w-]*\.mjs$|^lib\/sdk\/host\.ts$|^lib\/sdk\/examples\//;

/** Where `process.env` is read beside lib/env.ts. */
export function environmentReads(file: SourceFile): string[] {
  if (OWN_ENVIRONMENT.test(file.path)) return [];
  const found: string[] = [];
  for (const node of nodesOf(parse(file))) {
    const member =
      ts.isPropertyAccessExpression(node) && node.name.text === "env" && node.expression.getText() === "process";
    const element = ts.isElementAccessExpression(node) && node.getText().startsWith("process[");
    if (member || element) found.push(placeOf(node));
  }
  return found;
}
