"use client";
import { PageTrouble } from "#components/shell/page-trouble.tsx";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageTrouble id={error.digest} onRetry={reset} />;
}
