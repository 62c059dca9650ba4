import { z } from "zod";

/** A part of an address: at most so many ids with commas between them; none when it is absent. */
export const listedIds = (most: number) =>
  z
    .string()
    .default("")
    .transform((list) => list.split(",").filter(Boolean))
    .pipe(z.array(z.uuid()).max(most));
