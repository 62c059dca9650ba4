import type { RulesetName } from "#lib/core/delivery/wire.ts";

/** What a publication did. `changed` false: nothing in the rules moved, so `epoch` and `version` are those that already held. */
export type Published<T> = RulesetName & { changed: boolean; value: T };

/** A published ruleset without its body, for lists and for the once-a-second read. Times ISO 8601. */
export type RulesetSummary = RulesetName & { hash: string; publishedAt: string; cause: string };
