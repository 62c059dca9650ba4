import { z } from "zod";

/** OTLP/HTTP traces in JSON (opentelemetry-proto, trace/v1), as far as we read them. Unknown fields are ignored, as the protocol asks. */
type AnyValue = {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number;
  arrayValue?: { values?: AnyValue[] };
};
const anyValue: z.ZodType<AnyValue> = z.lazy(() =>
  z.object({
    stringValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    intValue: z.union([z.string(), z.number()]).optional(),
    doubleValue: z.number().optional(),
    arrayValue: z.object({ values: z.array(anyValue).optional() }).optional(),
  }),
);
const attributes = z.array(z.object({ key: z.string(), value: anyValue.optional() })).default([]);
const nanos = z.union([z.string().regex(/^\d+$/), z.number()]);
const span = z.object({
  traceId: z.string().regex(/^[0-9a-fA-F]{32}$/),
  spanId: z.string().regex(/^[0-9a-fA-F]{16}$/),
  parentSpanId: z.string().optional(),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos.optional(),
  attributes,
  status: z.object({ code: z.union([z.number(), z.string()]).optional() }).optional(),
  events: z.array(z.object({ name: z.string().optional(), timeUnixNano: nanos.optional(), attributes })).default([]),
});

export const tracesBody = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }).optional(),
      scopeSpans: z.array(z.object({ spans: z.array(z.unknown()).default([]) })).default([]),
    }),
  ),
});

export type Value = string | number | boolean | readonly string[];
export type Attributes = ReadonlyMap<string, Value>;

/** A span with what surrounds it. Times epoch ms. */
export type Span = {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  start: number;
  end: number;
  failed: boolean;
  attributes: Attributes;
  resource: Attributes;
  events: { name: string; at: number; attributes: Attributes }[];
};

function plain(value: AnyValue | undefined): Value | undefined {
  if (value?.arrayValue) return (value.arrayValue.values ?? []).flatMap((entry) => entry.stringValue ?? []);
  if (value?.intValue !== undefined) return Number(value.intValue);
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue;
}

function toMap(list: z.infer<typeof attributes>): Attributes {
  return new Map(
    list.flatMap(({ key, value }) => {
      const read = plain(value);
      return read === undefined ? [] : [[key, read] as const];
    }),
  );
}

const millis = (value: string | number) => Number(value) / 1e6;

/** Latest moment that a date can be (ECMA-262, 21.4.1.1). */
const LATEST_DATE_MS = 8.64e15;
/** A time that is not told (0, as the protocol says) or is none is the span's own. */
const momentOr = (start: number, value: string | number | undefined) => {
  const at = millis(value ?? 0);
  return at > 0 && at <= LATEST_DATE_MS ? at : start;
};

/** Every readable span of a request, and how many were not. */
export function spansOf(body: z.infer<typeof tracesBody>): { spans: Span[]; unreadable: number } {
  const spans: Span[] = [];
  let unreadable = 0;
  for (const { resource, scopeSpans } of body.resourceSpans) {
    const shared = toMap(resource?.attributes ?? []);
    for (const raw of scopeSpans.flatMap((scope) => scope.spans)) {
      const { data } = span.safeParse(raw);
      if (!data) {
        unreadable += 1;
        continue;
      }
      const start = millis(data.startTimeUnixNano);
      spans.push({
        traceId: data.traceId.toLowerCase(),
        spanId: data.spanId.toLowerCase(),
        parentSpanId: data.parentSpanId?.toLowerCase() || null,
        start,
        end: data.endTimeUnixNano === undefined ? start : millis(data.endTimeUnixNano),
        failed: data.status?.code === 2 || data.status?.code === "STATUS_CODE_ERROR",
        attributes: toMap(data.attributes),
        resource: shared,
        events: data.events.map((event) => ({
          name: event.name ?? "",
          at: momentOr(start, event.timeUnixNano),
          attributes: toMap(event.attributes),
        })),
      });
    }
  }
  return { spans, unreadable };
}
