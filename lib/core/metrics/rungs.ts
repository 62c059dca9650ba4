/** On which rung a decision ended, in the order of the ladder. Apart from schemas, because charts in the browser carry no schema library. */
export const RUNGS = ["primary", "secondary", "cached", "template", "static", "manual", "person"] as const;
export type Rung = (typeof RUNGS)[number];
