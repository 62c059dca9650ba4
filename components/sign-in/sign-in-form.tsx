"use client";
import { signIn } from "next-auth/react";
import { useEffect, useState } from "react";
import { readKeptStop } from "#components/emergency/kept-stop.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { safeNext } from "./safe-next.ts";

const WRONG = "This email address and password do not belong together. Nothing was locked: try again.";
const AWAY = "Evenkeel could not be reached. What you typed is still here: try again in a moment.";

/** Signs in, then goes on to where one was. A stop kept from an ended session is shown, so that nobody thinks it is lost. */
export function SignInForm({ next }: { next: string }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const hydrated = useHydrated();
  const [kept, setKept] = useState<string | null>(null);
  useEffect(() => setKept(readKeptStop()?.words.sentence ?? null), []);

  async function submit() {
    setPending(true);
    setProblem(null);
    const answer = await signIn("credentials", { email, password, redirect: false }).catch(() => null);
    if (answer?.ok) return window.location.assign(safeNext(next));
    setPending(false);
    setProblem(answer === null || answer === undefined || answer.status >= 500 ? AWAY : WRONG);
  }

  return (
    <>
      {kept && (
        <Callout title="Your stop is kept." className="mb-6">
          <p>“{kept}” takes effect as soon as you have signed in.</p>
        </Callout>
      )}
      <form
        className="space-y-4"
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void submit();
        }}
      >
        <Field
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="min-h-6">
          {problem && (
            <p role="alert" className="text-sm text-stopped">
              {problem}
            </p>
          )}
          {pending && <p className="text-sm text-muted">Signing in. After several tries this takes a few seconds.</p>}
        </div>
        <Button type="submit" tone="primary" size="large" className="w-full" disabled={!hydrated}>
          Sign in
        </Button>
      </form>
    </>
  );
}
