"use client";
import { CircleCheck, CircleDashed, CircleHelp } from "lucide-react";
import { WallTime } from "#components/ui/moment.tsx";
import type { ProofView } from "#lib/services/controls/schema.ts";
import { countSentence, proofDetail } from "./proof-words.ts";

const ICON = { proved: CircleCheck, pending: CircleDashed, nobody: CircleHelp } as const;

/** Who has applied a change and who has not, by name. With `announce` the count is a live region that reads nothing but "N of M confirmed". */
export function ProofLine({ proof, announce }: { proof: ProofView; announce?: boolean }) {
  const someSilent = proof.notHeardFrom.length > 0;
  // A tick would say that it holds everywhere; of whoever is silent that is not known.
  const Icon = proof.state === "proved" && someSilent ? CircleHelp : ICON[proof.state];
  const detail = proofDetail(proof);
  return (
    <div className="space-y-1 text-sm">
      <div className="flex items-center gap-2">
        <Icon aria-hidden size={18} className="shrink-0" />
        <p role={announce ? "status" : undefined} className="tabular whitespace-nowrap font-semibold">
          {countSentence(proof)}
        </p>
        {detail && <p className="text-muted">{detail}</p>}
      </div>
      {proof.waitingFor.length > 0 && (
        <p className="pl-6.5">Still waiting for {proof.waitingFor.map((each) => each.name).join(", ")}.</p>
      )}
      {proof.notHeardFrom.map((each) => (
        <div
          key={each.id}
          className="flex items-start gap-2 rounded border border-unknown-line bg-unknown-soft px-3 py-2 text-unknown"
        >
          <CircleHelp aria-hidden size={18} className="mt-0.5 shrink-0" />
          <p>
            <span className="font-semibold">Not known for {each.name}.</span> It was not heard from since{" "}
            <WallTime at={each.lastHeardAt} /> and may still follow{" "}
            {each.mayFollow ? <RulesOf at={each.mayFollow} /> : "older rules"}.
          </p>
        </div>
      ))}
    </div>
  );
}

function RulesOf({ at }: { at: string }) {
  return Number.isNaN(Date.parse(at)) ? (
    at
  ) : (
    <>
      the rules of <WallTime at={at} />
    </>
  );
}
