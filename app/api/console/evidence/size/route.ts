import { consoleQuery } from "#lib/auth/console-route.ts";
import { evidenceSizeAnswer } from "#lib/http/evidence-answer.ts";
import { evidenceSpan } from "#lib/services/evidence/schema.ts";

/** How much such a file would hold. */
export const GET = consoleQuery(evidenceSpan, evidenceSizeAnswer);
