/**
 * The models on offer: milliseconds to the first token and between tokens. Two vendors, each with a large and a small one. Any
 * other model name is answered too, at the pace of `OTHER`, so that a release may name what it likes.
 */
export const MODELS = {
  "provider-x": { "x-large": { firstMs: 250, paceMs: 12 }, "x-small": { firstMs: 90, paceMs: 5 } },
  "provider-y": { "y-large": { firstMs: 300, paceMs: 14 }, "y-small": { firstMs: 80, paceMs: 6 } },
};

const OTHER = { firstMs: 200, paceMs: 10 };

export function modelOf(provider, model) {
  return MODELS[provider]?.[model] ?? OTHER;
}
