import { z } from "zod";

/** What fills the blanks of a sentence. Keys, not names: names are looked up. */
export const controlParams = z.object({
  feature: z.string().optional(),
  scenario: z.string().optional(),
  cohort: z.string().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  toProvider: z.string().optional(),
  toModel: z.string().optional(),
  rung: z.string().optional(),
  /** 0 to 1 */
  confidence: z.number().min(0).max(1).optional(),
  seconds: z.number().positive().max(600).optional(),
  steps: z.number().int().min(1).optional(),
  perHour: z.number().int().min(0).optional(),
  /** Key of an approved text. */
  text: z.string().optional(),
});
export type ControlParams = z.infer<typeof controlParams>;
export type ParamKey = keyof ControlParams;
