"use client";
import { PageTrouble } from "#components/shell/page-trouble.tsx";
import "./globals.css";

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-xl p-6">
          <PageTrouble id={error.digest} onRetry={reset} />
        </main>
      </body>
    </html>
  );
}
