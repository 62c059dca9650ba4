/** Name in `ruleset.filters` of the people who have had this feature: what a hold of the feature admits. */
export function featureFilterName(feature: string): string {
  return `feature:${feature}`;
}

/** Name in `ruleset.filters` of the people who have had the candidate of this feature's open rollout: what a hold of the rollout admits. */
export function rolloutFilterName(feature: string): string {
  return `rollout:${feature}`;
}
