"use client";
import "./globals.css";

/**
 * When even what surrounds the pages could not be shown. In the plainest markup, because it is part of the script of every page: with the
 * parts that other troubles are built of, each page would load those twice.
 */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-xl p-6">
          <div role="alert" className="space-y-2 rounded border border-stopped-line bg-stopped-soft p-4 text-sm">
            <p className="font-semibold">Evenkeel could not be shown.</p>
            <p>Nothing was changed.</p>
            <button
              type="button"
              onClick={reset}
              className="h-10 rounded border border-edge bg-surface px-4 font-medium"
            >
              Show it again
            </button>
            {error.digest && <p className="text-muted">Error {error.digest}</p>}
          </div>
        </main>
      </body>
    </html>
  );
}
