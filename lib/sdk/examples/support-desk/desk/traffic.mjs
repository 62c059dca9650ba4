import { seeded } from "./random.mjs";

const CUSTOMERS = 400;
const AT_ONCE = 25;

/**
 * Background traffic: `perSecond` messages a second on average, at random intervals, from a fixed set of customers, in an order that
 * the seed decides. While 25 are being answered no more come in. Returns a function that ends it.
 */
export function startTraffic({ messages, perSecond, seed, answer }) {
  if (!(perSecond > 0)) return () => {};
  const random = seeded(`traffic:${seed}`);
  let running = 0;
  let timer;

  async function one() {
    const { text, category } = random.pick(messages);
    running++;
    try {
      await answer({ text, category, userId: `customer-${Math.floor(random.between(0, CUSTOMERS))}`, stream: true });
    } catch (error) {
      console.error(error);
    } finally {
      running--;
    }
  }

  function next() {
    timer = setTimeout(
      () => {
        if (running < AT_ONCE) void one();
        next();
      },
      random.exponential(1000 / perSecond),
    );
  }

  next();
  return () => clearTimeout(timer);
}
