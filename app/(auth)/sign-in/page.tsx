import type { Metadata } from "next";
import { Mark } from "#components/shell/wordmark.tsx";
import { SignInForm } from "#components/sign-in/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type SignInProps = { searchParams: Promise<{ next?: string; callbackUrl?: string }> };

export default async function SignInPage({ searchParams }: SignInProps) {
  const { next, callbackUrl } = await searchParams;
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6 py-10">
      <div className="mb-8">
        <Mark size={36} />
        <h1 className="mt-4 text-xl font-semibold">Sign in to Evenkeel</h1>
        <p className="text-muted">See what every AI feature does right now, and stop what harms people.</p>
      </div>
      <SignInForm next={next ?? callbackUrl ?? "/"} />
    </main>
  );
}
