import { z } from "zod";
import type { ReadinessItem } from "#lib/core/metrics/readiness.ts";

/** Weights of the composite quality score; only their proportion matters. */
export const qualityWeights = z
  .object({ judge: z.number().min(0).max(1), feedback: z.number().min(0).max(1), completion: z.number().min(0).max(1) })
  .refine(
    (weights) => weights.judge + weights.feedback + weights.completion > 0,
    "At least one weight must be above 0.",
  );
export type QualityWeights = z.infer<typeof qualityWeights>;

/** A class of incident that was agreed before launch, and what triggers a rollback. */
export const incidentClass = z.object({
  name: z.string().trim().min(3, "Name the kind of incident.").max(120),
  trigger: z.string().trim().min(3, "Say what triggers the rollback.").max(300),
});

/** How a feature is measured. `version`: as it was read, so that nobody's edit is overwritten unseen. */
export const changeMeasurementInput = z.object({
  environment: z.string().min(1),
  feature: z.string().min(1),
  version: z.number().int().min(0),
  metrics: z.array(z.string().max(60)).max(100),
  weights: qualityWeights,
  trustFailure: z.string().trim().max(2000),
  fallbackAgreed: z.boolean(),
  incidentClasses: z.array(incidentClass).max(20),
});
export type ChangeMeasurementInput = z.input<typeof changeMeasurementInput>;

export type MeasurementView = {
  feature: { key: string; name: string };
  version: number;
  metrics: string[];
  weights: QualityWeights;
  trustFailure: string;
  fallbackAgreed: boolean;
  incidentClasses: z.infer<typeof incidentClass>[];
  changed: { at: string; who: string } | null;
  /** Whether the viewer may change it; if not, who may. */
  mayChange: { allowed: true } | { allowed: false; because: string };
};

export type ReadinessView = {
  items: ReadinessItem[];
  ready: boolean;
  /** "2 things are missing before Reply assistant may launch.", or for it, where it was launched already. */
  sentence: string;
  /** Whether it is on here already. */
  launched: boolean;
  mayLaunch: { allowed: true } | { allowed: false; because: string };
};

export const launchFeatureInput = z.object({ environment: z.string().min(1), feature: z.string().min(1) });
export type LaunchFeatureInput = z.input<typeof launchFeatureInput>;
