/**
 * For the `ref` of a part that is read for long: as long as it is on the screen it stays where it stands, however much what is above it grows or shrinks.
 * The browser keeps one thing in place when a page changes, and takes the topmost that it sees; the rule for `data-reading` in globals.css rules out
 * everything beside this part.
 */
export function keepPlace(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const observer = new IntersectionObserver(
    (seen) => element.toggleAttribute("data-reading", seen.at(-1)?.isIntersecting),
    { rootMargin: BEHIND_HEADER },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** The bars on top of every page cover what lies behind them. */
const BEHIND_HEADER = "-96px 0px 0px";
