/** Values of a dimension, scenarios or cohorts that are too many to be told apart are counted together under this name. */
export const OTHER_VALUES = "(other)";
