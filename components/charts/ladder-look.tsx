import { RUNGS, type Rung } from "#lib/core/metrics/rungs.ts";

/** A colour and a pattern for each rung, so that neither is needed to see the other. The first model is plain: it is what there mostly is. */
const LOOKS: Readonly<Record<Rung, { color: string; pattern: string }>> = {
  primary: { color: "var(--series-1)", pattern: "" },
  secondary: { color: "var(--series-3)", pattern: "M-2 2L2 -2M0 8L8 0M6 10L10 6" },
  cached: { color: "var(--series-5)", pattern: "M0 2H8M0 6H8" },
  template: { color: "var(--series-2)", pattern: "M2 0V8M6 0V8" },
  static: { color: "var(--series-4)", pattern: "M0 0L8 8M0 8L8 0" },
  manual: { color: "var(--series-6)", pattern: "M-2 6L2 10M0 0L8 8M6 -2L10 2" },
  person: { color: "var(--ink)", pattern: "M2 2h2v2H2zM6 6h2v2H6z" },
};

/** The fills of the rungs; `id` names them within the page. */
export function RungFills({ id }: { id: string }) {
  return RUNGS.map((rung) => (
    <pattern key={rung} id={`${id}-${rung}`} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect width="8" height="8" fill={LOOKS[rung].color} />
      <path d={LOOKS[rung].pattern} stroke="var(--surface)" strokeWidth="1.25" fill="none" />
    </pattern>
  ));
}

/** A small piece of a rung, as it is drawn. */
export function RungSample({ id, rung }: { id: string; rung: Rung }) {
  return (
    <svg aria-hidden width="16" height="16" className="mt-0.5 shrink-0 rounded-xs">
      <rect width="16" height="16" fill={`url(#${id}-${rung})`} />
    </svg>
  );
}
