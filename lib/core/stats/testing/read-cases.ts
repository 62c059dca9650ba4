import { z } from "zod";

const caseFile = z.object({
  cases: z
    .array(
      z.object({
        id: z.string().min(1),
        fn: z.string().min(1),
        input: z.unknown(),
        expected: z.record(z.string(), z.unknown()),
        tol: z.object({ rel: z.number().min(0), abs: z.number().min(0) }),
      }),
    )
    .min(1),
});

/** One reference case: what the function named `fn` must return for `input`, numbers within |got - want| <= abs + rel |want|. */
export type StatsCase = z.infer<typeof caseFile>["cases"][number];

/** The cases of a file's text. @throws when it is no case file, or an id stands in it twice. */
export function readCases(text: string): StatsCase[] {
  const { cases } = caseFile.parse(JSON.parse(text));
  const twice = cases.filter(({ id }, index) => cases.findIndex((other) => other.id === id) !== index);
  if (twice.length > 0) throw new Error(`Twice in the file: ${twice.map(({ id }) => id).join(", ")}`);
  return cases;
}

/**
 * Where `got` differs from `want`, as lines such as `ci.0: got 1, want 2`. Numbers by the tolerance, lists element by element and of equal length, objects by
 * the fields that `want` names, everything else exactly.
 */
export function differences(got: unknown, want: unknown, tol: StatsCase["tol"], path = ""): string[] {
  if (typeof want === "number") {
    const near = typeof got === "number" && Math.abs(got - want) <= tol.abs + tol.rel * Math.abs(want);
    return near ? [] : [`${path}: got ${got}, want ${want}`];
  }
  if (typeof want !== "object" || want === null) {
    return Object.is(got, want) ? [] : [`${path}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`];
  }
  if (typeof got !== "object" || got === null) return [`${path}: got ${JSON.stringify(got)}, want an object or a list`];
  if (Array.isArray(want) && (!Array.isArray(got) || got.length !== want.length)) return [`${path}: another length`];
  const fields = new Map(Object.entries(got));
  return Object.entries(want).flatMap(([key, value]) =>
    differences(fields.get(key), value, tol, path === "" ? key : `${path}.${key}`),
  );
}
