import { buttonLook } from "#components/ui/button.tsx";

export const metadata = { title: "Not here" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col items-start justify-center gap-4 p-6">
      <h1 className="text-xl font-semibold">There is no such page, or you have no role where it is.</h1>
      <p>Nothing was changed. If you followed a link, the feature or the environment may have been renamed.</p>
      {/* Not next/link: this is part of every page, and few ever see it. */}
      <a href="/" className={buttonLook({ tone: "primary" })}>
        Go to the control room
      </a>
    </main>
  );
}
