import { seeded } from "./random.mjs";

const LANGUAGES = { DE: "de", AT: "de", FR: "fr", ES: "es", GB: "en", IE: "en", US: "en", PL: "pl" };
const COUNTRIES = { DE: 34, GB: 18, FR: 14, US: 10, ES: 9, PL: 6, AT: 5, IE: 4 };
const PLANS = { free: 55, plus: 33, business: 12 };

/**
 * What the desk knows of a customer, always the same for one id: `{id, attributes}`. As in any real customer base a few have
 * told no country, and then the attribute is absent rather than made up.
 */
export function customer(id) {
  const random = seeded(`customer:${id}`);
  const country = random.weighted(COUNTRIES);
  const attributes = {
    language: LANGUAGES[country],
    plan: random.weighted(PLANS),
    userSince: new Date(Date.UTC(2020, Math.floor(random.between(0, 70)), 1)).toISOString(),
  };
  return { id, attributes: random.chance(0.03) ? attributes : { ...attributes, country } };
}
