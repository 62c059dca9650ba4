/** Layers of control (playbook section 1), in the order in which screens group them, with their headings. */
export const LAYERS = {
  scenario: "Kinds of case",
  feature: "The whole feature",
  review: "Review before send",
  autonomy: "Who sends",
  confidence: "How sure it must be",
  latency: "How long to wait",
  fallback: "What people see instead",
  exposure: "Who gets it",
  model: "Models",
  provider: "Providers",
  cost: "Cost",
  notice: "Notices",
} as const;

export type LayerKey = keyof typeof LAYERS;
