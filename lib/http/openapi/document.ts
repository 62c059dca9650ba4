import { z } from "zod";
import { problemBody } from "../problem.ts";
import { OPERATIONS, type Operation } from "./operations.ts";

type Json = Record<string, unknown>;

/** A Zod schema as JSON Schema 2020-12, which OpenAPI 3.1 uses. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    target: "draft-2020-12",
    reused: "inline",
  });
  return rest;
}

const content = (schema: z.ZodType | undefined, mediaType: string, io: "input" | "output") => ({
  [mediaType]: { schema: schema ? jsonSchema(schema, io) : { type: "string" } },
});

function parametersOf({ path, query }: Operation): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const shape = query instanceof z.ZodObject ? query.shape : {};
  const inQuery = Object.entries(shape).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: jsonSchema(schema as z.ZodType, "input"),
  }));
  return [...inPath, ...inQuery];
}

function operationOf(operation: Operation): Json {
  const { summary, keys, body, answers } = operation;
  const plain = Object.entries(answers).map(([code, { description, schema, mediaType }]) => [
    code,
    schema || mediaType
      ? { description, content: content(schema, mediaType ?? "application/json", "output") }
      : { description },
  ]);
  const problem = {
    description: "A problem",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  return {
    summary,
    ...(keys.length > 0
      ? { description: `Keys of scope ${keys.join(", ")}.`, security: [{ key: [] }] }
      : { security: [] }),
    parameters: parametersOf(operation),
    ...(body ? { requestBody: { required: true, content: content(body, "application/json", "input") } } : {}),
    responses: { ...Object.fromEntries(plain), default: problem },
  };
}

/** The OpenAPI 3.1 document of the API, made from the schemas that the routes parse with. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Evenkeel", version: "1", description: "The control room for AI features in production." },
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "`Authorization: Bearer ek_<environment>_<random>`" },
      },
      schemas: { Problem: jsonSchema(problemBody, "output") },
    },
  };
}
