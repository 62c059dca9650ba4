import { Callout } from "#components/ui/callout.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { Meanwhile } from "./use-draft.ts";

/** What happened around what is typed here: it was kept from before, or somebody else saved meanwhile. */
export function FormNews({ meanwhile, restored }: { meanwhile: Meanwhile | null; restored: boolean }) {
  if (meanwhile) {
    const { changed, theirs, both } = meanwhile;
    return (
      <Callout
        announce
        title={
          <>
            {changed?.who ?? "Somebody else"} changed {listed(theirs)}
            {changed && (
              <>
                , <Moment at={changed.at} />
              </>
            )}
            .
          </>
        }
      >
        <p>
          Nothing of yours was saved yet, and nothing of it is lost: it stands here together with what they changed.
          {both.length > 0 && ` You both changed ${listed(both)}; yours is shown, and saving it replaces theirs.`}
        </p>
      </Callout>
    );
  }
  if (!restored) return null;
  return (
    <Callout title="This is what you typed before and had not saved.">
      <p>It was kept in this tab. Save it, or discard it.</p>
    </Callout>
  );
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "how this is measured";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
