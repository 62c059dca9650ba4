/** An environment as the shell shows it. */
export type EnvironmentView = { key: string; name: string; colour: string; guarded: boolean };

const BAND: Record<string, string> = {
  violet: "bg-environment-violet",
  teal: "bg-environment-teal",
  blue: "bg-environment-blue",
  slate: "bg-environment-slate",
};

/** The band's colour. A colour this console does not know: violet where real customers are, teal elsewhere. */
export function bandColour({ colour, guarded }: EnvironmentView): string {
  return BAND[colour] ?? (guarded ? "bg-environment-violet" : "bg-environment-teal");
}

/** What a change here reaches, in words. */
export function reach({ guarded }: EnvironmentView): string {
  return guarded ? "Real customers" : "No customers: for trying things out";
}
