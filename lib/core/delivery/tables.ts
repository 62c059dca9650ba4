/** Tables of a ruleset that patches address by entity, as `table/key`. Everything else of it is `head`. Apart from the schemas, so that the SDK carries no schema library. */
export const ENTITY_TABLES = ["attributes", "cohorts", "releases", "filters", "texts", "features", "controls"] as const;
