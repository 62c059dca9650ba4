"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** How far below the screen something may be to be fetched: about as far as one scroll goes. */
const NEAR = "600px 0px";

type WhenNearProps = { children: ReactNode; className: string };

/** Shows its children once they come near the screen, and from then on. `className` keeps their room meanwhile, so that nothing moves when they come. */
export function WhenNear({ children, className }: WhenNearProps) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: NEAR },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={className}>
      {near && children}
    </div>
  );
}
