/**
 * What must be seen of a metric, and how it is said. `up`, `down`: proved to have moved. `at-least`, `at-most`: its whole interval on that side of `limit`.
 * In `says`: {outputs} what the feature's outputs are called, {value}, {before}, {change}, {rose} and {fell} ("rose by 61%", "rose from none to 6%").
 */
export type Sign = { metric: string; says: string } & (
  | { is: "up" | "down" }
  | { is: "at-least" | "at-most"; limit: number }
);

/** A reassuring figure and a worrying one that, seen together, mean `lesson`. Of each list the first sign that is seen speaks. */
export type DisagreementRule = { key: string; activity: readonly Sign[]; trust: readonly Sign[]; lesson: string };

const ACCEPTED: readonly Sign[] = [
  { metric: "acceptance-rate", is: "at-least", limit: 0.7, says: "{outputs} are accepted {value} of the time" },
  { metric: "acceptance-rate", is: "up", says: "acceptance {rose}" },
];
/** Requests, not people: how many people a period had is held against nothing, because part of today would stand against whole days. */
const USED_MORE: readonly Sign[] = [{ metric: "decisions", is: "up", says: "the number of requests {rose}" }];
const FASTER: Sign = { metric: "generation-time", is: "down", says: "generation time {fell}" };

/** "Activity is not trust": the ways in which the two are known to part (playbook, section 3). More telling ones first. */
export const DISAGREEMENT_RULES: readonly DisagreementRule[] = [
  {
    key: "accepted-then-repaired",
    activity: ACCEPTED,
    trust: [{ metric: "correction-time", is: "up", says: "correction time {rose}" }],
    lesson: "people accept and then repair",
  },
  {
    key: "accepted-then-undone",
    activity: ACCEPTED,
    trust: [{ metric: "revert-rate", is: "up", says: "the share that is undone after use {rose}" }],
    lesson: "people accept and find out afterwards",
  },
  {
    key: "accepted-then-rewritten",
    activity: ACCEPTED,
    trust: [
      { metric: "override-rate", is: "up", says: "the share replaced by people's own work {rose}" },
      { metric: "changed-share", is: "at-least", limit: 0.4, says: "an edit changes {value} of the text" },
    ],
    lesson: "people take the draft as a start and write it anew",
  },
  {
    key: "faster-but-reviewed-longer",
    activity: [FASTER],
    trust: [{ metric: "review-time", is: "up", says: "review time {rose}" }],
    lesson: "the work moved from writing to checking",
  },
  {
    key: "fast-but-fixed",
    activity: [FASTER, { metric: "generation-time", is: "at-most", limit: 5000, says: "an answer takes only {value}" }],
    trust: [
      { metric: "edit-rate", is: "up", says: "the share that people edit {rose}" },
      { metric: "override-rate", is: "up", says: "the share replaced by people's own work {rose}" },
    ],
    lesson: "the time saved in writing is spent on fixing",
  },
  {
    key: "tried-but-not-again",
    activity: USED_MORE,
    trust: [{ metric: "repeat-usage", is: "down", says: "the share of new people who come back {fell}" }],
    lesson: "people try it once and stay away",
  },
  {
    key: "used-but-not-asked-for",
    activity: USED_MORE,
    trust: [{ metric: "voluntary-return", is: "down", says: "the share who start it again themselves {fell}" }],
    lesson: "it is used because it is there, not because people ask for it",
  },
  {
    key: "used-but-turned-off",
    activity: USED_MORE,
    trust: [
      { metric: "switched-off", is: "up", says: "the share who switch it off {rose}" },
      { metric: "kept-on", is: "down", says: "the share of new people who keep it switched on {fell}" },
    ],
    lesson: "it is asked more, and more of those who meet it turn it off",
  },
  {
    key: "used-but-asked-again",
    activity: USED_MORE,
    trust: [
      { metric: "repeated-prompts", is: "up", says: "repeated prompting {rose}" },
      { metric: "re-prompt-rate", is: "up", says: "the share that people have made anew {rose}" },
      { metric: "regenerate-loops", is: "up", says: "the share of tasks stuck in regenerating {rose}" },
    ],
    lesson: "part of the growth is people asking again",
  },
  {
    key: "quiet-but-leaving",
    activity: [{ metric: "escalations", is: "at-most", limit: 10, says: "escalations are few ({value} requests)" }],
    trust: [
      { metric: "switch-to-manual", is: "up", says: "switching to manual {rose}" },
      { metric: "manual-path", is: "up", says: "use of the manual way {rose}" },
    ],
    lesson: "people do not complain, they leave",
  },
  {
    key: "copied-but-not-sent",
    activity: [{ metric: "copy-rate", is: "at-least", limit: 0.5, says: "{outputs} are taken {value} of the time" }],
    trust: [
      { metric: "copied-not-sent", is: "at-least", limit: 0.15, says: "{value} of all are copied and never sent" },
      { metric: "copied-not-sent", is: "up", says: "the share that is copied and never sent {rose}" },
    ],
    lesson: "taking is not using",
  },
  {
    key: "liked-but-repaired",
    activity: [{ metric: "thumbs-up", is: "at-least", limit: 0.75, says: "{value} of ratings are thumbs up" }],
    trust: [
      { metric: "revert-rate", is: "up", says: "the share that is undone after use {rose}" },
      { metric: "correction-time", is: "up", says: "correction time {rose}" },
      { metric: "edit-rate", is: "up", says: "the share that people edit {rose}" },
    ],
    lesson: "those who repair do not rate",
  },
  {
    key: "judged-good-but-repaired",
    activity: [{ metric: "judge-score", is: "at-least", limit: 0.75, says: "the judge scores {value}" }],
    trust: [
      { metric: "correction-time", is: "up", says: "correction time {rose}" },
      { metric: "override-rate", is: "up", says: "the share replaced by people's own work {rose}" },
    ],
    lesson: "the judge does not see what people repair",
  },
  {
    key: "shown-but-dismissed",
    activity: [
      { metric: "shown-rate", is: "at-least", limit: 0.8, says: "{outputs} are shown {value} of the time" },
      ...USED_MORE,
    ],
    trust: [
      { metric: "dismissal-rate", is: "up", says: "the share dismissed by hand {rose}" },
      { metric: "abandonment", is: "up", says: "the share right after which people leave {rose}" },
    ],
    lesson: "more is shown than is wanted",
  },
];
