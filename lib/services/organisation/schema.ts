import { z } from "zod";

/** Raw events are kept for at least 8 days, because late ones may come for seven, and for at most a year. */
export const KEEP_DAYS = { least: 8, most: 365 } as const;

/** For how long raw events are kept. `was`: the number of days as the person saw it, so that nobody's change is overwritten unseen. */
export const changeRetentionInput = z.object({
  environment: z.string().min(1),
  was: z.number().int(),
  keepRawDays: z
    .number()
    .int("Give a whole number of days.")
    .min(KEEP_DAYS.least, `Raw events are kept for at least ${KEEP_DAYS.least} days.`)
    .max(KEEP_DAYS.most, `Raw events are kept for at most ${KEEP_DAYS.most} days.`),
});
export type ChangeRetentionInput = z.input<typeof changeRetentionInput>;

const isZone = (zone: string) => {
  try {
    return Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** What the organisation is called and whose midnight begins its days. */
export const describeOrganisationInput = z.object({
  environment: z.string().min(1),
  name: z.string().trim().min(1, "Give the organisation's name.").max(200),
  zone: z.string().refine(isZone, "Give a zone by its IANA name, such as Europe/Berlin."),
});
export type DescribeOrganisationInput = z.input<typeof describeOrganisationInput>;

/** The organisation that runs this installation. `zone`: IANA name of the zone whose days are counted; `currency`: ISO 4217. */
export type OrganisationView = {
  name: string;
  zone: string;
  currency: string;
  keepRawDays: number;
  /** Whether the viewer may change it; if not, who may. */
  mayChange: { allowed: true } | { allowed: false; because: string };
};
