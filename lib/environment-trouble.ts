/** Variables of the environment that cannot be used; `message` has a line for each. Apart from lib/env.ts, which throws it while it loads. */
export class EnvironmentTrouble extends Error {
  override name = "EnvironmentTrouble";
}
