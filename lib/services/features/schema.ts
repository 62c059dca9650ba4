import type { ControlView, SwitchView } from "../controls/schema.ts";

export type FeatureState = "serving" | "limited" | "stopped" | "unknown" | "not-launched";

/** One feature on the control room: its present state as one plain sentence. */
export type FeatureCard = {
  key: string;
  name: string;
  state: FeatureState;
  /** "Reply assistant answers every customer. Billing is off. A person approves every reply." */
  sentence: string;
  /** "Lea Lang disabled AI replies for billing cases 4 minutes ago." or null. */
  lastChange: { at: string; who: string; sentence: string } | null;
  controls: ControlView[];
  /** AI decisions in the last hour; null when nobody has reported. */
  aiPerHour: number | null;
  /** Instances heard from in the last minute that use this feature. */
  instances: number;
};

export type ActivityEntry = {
  seq: string;
  at: string;
  who: string;
  sentence: string;
  reason: string | null;
  action: string;
  /** What it did: ruleset version it published, if any. */
  version: number | null;
};

/** What every page of a feature is headed with. */
export type FeatureHead = { key: string; name: string; description: string };

export type FeaturePage = {
  feature: FeatureCard;
  description: string;
  /** Every control sentence that can be switched here, grouped by layer; active ones first. */
  switches: SwitchView[];
};
