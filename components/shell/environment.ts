import type { EnvironmentView } from "#lib/services/environments/schema.ts";

const BAND: Record<string, string> = {
  production: "bg-environment-violet",
  staging: "bg-environment-teal",
  violet: "bg-environment-violet",
  teal: "bg-environment-teal",
  blue: "bg-environment-blue",
  slate: "bg-environment-slate",
};

/** The band's colour. A colour this console does not know: violet where real customers are, teal elsewhere. */
export function bandColour({ colour, guarded }: Pick<EnvironmentView, "colour" | "guarded">): string {
  return BAND[colour] ?? (guarded ? "bg-environment-violet" : "bg-environment-teal");
}

/** What a change here reaches, in words. */
export function reach({ guarded }: Pick<EnvironmentView, "guarded">): string {
  return guarded ? "Real customers" : "No customers: for trying things out";
}
