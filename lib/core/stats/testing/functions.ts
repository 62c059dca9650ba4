import { benjaminiHochberg, holm } from "../adjust-p-values.ts";
import { asympCsOneSided, asympCsTwoSided } from "../asymp-cs.ts";
import { betaBinomialCs } from "../beta-binomial-cs.ts";
import { betaQuantile } from "../beta-quantile.ts";
import { countGuard } from "../count-guard.ts";
import { designEffect } from "../design-effect.ts";
import { expBucketIndex } from "../exp-bucket.ts";
import { fixedBaselineGuard } from "../fixed-baseline-guard.ts";
import { gateVerdict } from "../gate-verdict.ts";
import { histogramQuantile } from "../histogram-quantile.ts";
import { mannWhitney } from "../mann-whitney.ts";
import { nonInferiorityProportion, nonInferiorityRelative } from "../non-inferiority.ts";
import { proportionIntervals } from "../proportion-intervals.ts";
import { rateRatioExact } from "../rate-ratio-exact.ts";
import { ratioMetric } from "../ratio-metric.ts";
import { sampleSizeMeans, sampleSizeProportions } from "../sample-size.ts";
import { shareRatio } from "../share-ratio.ts";
import { srmChiSquare } from "../srm-chi-square.ts";
import { srmSequential } from "../srm-sequential.ts";
import { thompsonAllocation } from "../thompson-allocation.ts";
import { twoProportionZ } from "../two-proportion-z.ts";
import { welchT } from "../welch-t.ts";
import { withinRatioGate } from "../within-ratio-gate.ts";

/** Takes the input of a case as it was read. Methods are bivariant, so each function may narrow it to its own shape. */
type Runnable = { run(input: unknown): unknown }["run"];

/** Every function of this folder that reference cases may name. */
export const STATS_FUNCTIONS: Readonly<Record<string, Runnable>> = {
  asympCsOneSided,
  asympCsTwoSided,
  benjaminiHochberg,
  betaBinomialCs,
  betaQuantile,
  countGuard,
  designEffect,
  expBucketIndex,
  fixedBaselineGuard,
  gateVerdict,
  histogramQuantile,
  holm,
  mannWhitney,
  nonInferiorityProportion,
  nonInferiorityRelative,
  proportionIntervals,
  rateRatioExact,
  ratioMetric,
  sampleSizeMeans,
  sampleSizeProportions,
  shareRatio,
  srmChiSquare,
  srmSequential,
  thompsonAllocation,
  twoProportionZ,
  welchT,
  withinRatioGate,
};
