import { notFound, redirect } from "next/navigation";
import type { Context } from "#lib/context.ts";
import { AppError } from "#lib/errors.ts";
import { requireOperator } from "./require-operator.ts";

/** The gate of a page: whoever is not signed in is sent to sign in and comes back to `path`; an environment without a role is not found. */
export async function requirePageOperator(environment: string, path: string): Promise<Context> {
  const ctx = await pageOperator(environment);
  return ctx ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** The same for a layout, which does not know the path: null when nobody is signed in, and the page below redirects. */
export async function pageOperator(environment: string): Promise<Context | null> {
  try {
    return await requireOperator(environment);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "unauthenticated") return null;
    if (error.code === "not-found") notFound();
    throw error;
  }
}
