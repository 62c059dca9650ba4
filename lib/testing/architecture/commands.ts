import ts from "typescript";
import { isTest, nodesOf, parse, type SourceFile } from "./tree.ts";

type Found = {
  path: string;
  name: string;
  exported: boolean;
  takesContext: boolean;
  notAudited: boolean;
  calls: Set<string>;
};

const COMMANDS = /^lib\/services\/[^/]+\/commands(\.ts$|\/)/;
const AUTHORISES = ["authorize", "can"];
const AUDITS = ["recordAudit"];

function calledNames(body: ts.Node): Set<string> {
  const names = new Set<string>();
  for (const node of nodesOf(body)) {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    // A function that is passed on is as good as called.
    if (ts.isCallExpression(node))
      for (const argument of node.arguments) if (ts.isIdentifier(argument)) names.add(argument.text);
  }
  return names;
}

function functionsOf(file: SourceFile): Found[] {
  return parse(file).statements.flatMap((statement): Found[] => {
    const exported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
    const doc = ts
      .getJSDocCommentsAndTags(statement)
      .map((part) => part.getText())
      .join("\n");
    const notAudited = /Not audited: \S/.test(doc);
    const found = (name: string, parameters: readonly ts.ParameterDeclaration[], body: ts.Node): Found => ({
      path: file.path,
      name,
      exported,
      takesContext: parameters[0]?.type?.getText() === "Context",
      notAudited,
      calls: calledNames(body),
    });
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) {
      return [found(statement.name.text, statement.parameters, statement.body)];
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((declaration) => {
      const value = declaration.initializer;
      if (value === undefined || !(ts.isArrowFunction(value) || ts.isFunctionExpression(value))) return [];
      return [found(declaration.name.getText(), value.parameters, value.body)];
    });
  });
}

/** Whether calling `start` leads to one of `goals`, through functions of its own file and exported commands of others. */
function leadsTo(start: Found, goals: readonly string[], all: readonly Found[]): boolean {
  const seen = new Set<Found>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (goals.some((goal) => next.calls.has(goal))) return true;
    const { path, calls } = next;
    waiting.push(...all.filter((one) => calls.has(one.name) && (one.path === path || one.exported)));
  }
  return false;
}

/**
 * Exported commands (functions of commands.ts whose first parameter is a Context) that do not authorise, or do not audit. What is an
 * observation and nobody's decision says so in its doc comment: `Not audited: <why>`.
 */
export function unguardedCommands(files: readonly SourceFile[]): { commands: string[]; problems: string[] } {
  const all = files.filter(({ path }) => COMMANDS.test(path) && !isTest(path)).flatMap(functionsOf);
  const commands = all.filter((one) => one.exported && one.takesContext);
  const problems = commands.flatMap((one) => {
    const where = `${one.path} ${one.name}`;
    const lacks: string[] = [];
    if (!leadsTo(one, AUTHORISES, all)) lacks.push(`${where} does not authorise`);
    if (!one.notAudited && !leadsTo(one, AUDITS, all)) lacks.push(`${where} does not audit`);
    return lacks;
  });
  return { commands: commands.map((one) => one.name), problems };
}

/** Exports of "use server" files that are not built by the one action client, `operatorAction(input, run)`. */
export function foreignActions(file: SourceFile): string[] {
  const tree = parse(file);
  const [first] = tree.statements;
  const marked = first !== undefined && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression);
  const isServer = marked && first.expression.getText().slice(1, -1) === "use server";
  const inline = [...nodesOf(tree)].some(
    (node) => ts.isExpressionStatement(node) && node.parent !== tree && /^["']use server["'];?$/.test(node.getText()),
  );
  if (inline) return [`${file.path}: a server action inside a function; put it into the service's actions.ts`];
  if (!isServer)
    return /^lib\/services\/[^/]+\/actions(\.ts$|\/)/.test(file.path) && !isTest(file.path)
      ? [`${file.path}: lacks "use server"`]
      : [];
  return tree.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement))
      return [`${file.path}: ${statement.getText()}`];
    const exported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) return [];
    if (!ts.isVariableStatement(statement)) return [`${file.path}: ${statement.getText().split("\n")[0]}`];
    return statement.declarationList.declarations
      .filter(({ initializer }) => {
        const called =
          initializer !== undefined && ts.isCallExpression(initializer) ? initializer.expression : undefined;
        return called === undefined || called.getText() !== "operatorAction";
      })
      .map((declaration) => `${file.path}: ${declaration.name.getText()}`);
  });
}
