import type { Status } from "./types.ts";

type State = Status["state"];

/** The state in one sentence, for a log or a page of the host's operators. */
export function sentenceOf(state: State, source: Status["runsOn"]["source"], confirmedMsAgo: number | null): string {
  const ago = confirmedMsAgo === null ? "" : ` Last confirmed ${spell(confirmedMsAgo)} ago.`;
  const rules =
    source === "nothing"
      ? "No rules are known, so AI is not used."
      : source === "server"
        ? `The last rules stay in force.${ago}`
        : `The rules of the ${source === "cache-file" ? "cache file" : "bootstrap"} are in force.`;
  const sentences: Record<State, string> = {
    starting: `Asking the control room for the rules. ${rules}`,
    connected: "Connected: a change arrives within a second.",
    polling: "Asking for changes every 10 seconds, because the live stream is down.",
    "cut-off": `The control room cannot be reached. ${rules}`,
    stale: `The rules are too old to be trusted: no AI in high-risk cases, and a person checks everything else.${ago}`,
    closed: "Closed: AI is not used.",
  };
  return sentences[state];
}

function spell(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
