/**
 * How much less calls tell than as many users would, because calls of one user resemble each other: 1 + ((1 + cv^2) m - 1) icc
 * (Kish, Survey Sampling, 1965; for unequal clusters Eldridge, Ashby, Kerry, International Journal of Epidemiology 35, 2006, 1292-1300).
 * `meanPerUser`: calls per user; `cvPerUser`: their standard deviation over their mean; `icc`: correlation of two calls of one user (0 to 1).
 * `effectiveN`: how many independent observations the `nInteractions` calls are worth.
 */
export function designEffect(input: { meanPerUser: number; cvPerUser: number; icc: number; nInteractions: number }): {
  designEffect: number;
  effectiveN: number;
} {
  const effect = 1 + ((1 + input.cvPerUser ** 2) * input.meanPerUser - 1) * input.icc;
  return { designEffect: effect, effectiveN: input.nInteractions / effect };
}
