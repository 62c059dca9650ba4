import { consoleQuery } from "#lib/auth/console-route.ts";
import { evidenceAnswer } from "#lib/http/evidence-answer.ts";
import { evidenceInput } from "#lib/services/evidence/schema.ts";

/** Who was affected by a feature between two times, as a file. */
export const GET = consoleQuery(evidenceInput, evidenceAnswer);
