import type { FetchBlob } from "../ruleset/filters.ts";
import { type Http, wordsOfStatus } from "./http.ts";

const TIMEOUT_MS = 20_000;

/** Fetches blobs by their SHA-256 from the control room. */
export function fetchBlob(http: Http): FetchBlob {
  return async (sha256) => {
    const path = `/api/v1/blobs/${encodeURIComponent(sha256)}`;
    const answer = await http({ path, timeoutMs: TIMEOUT_MS }, async (response) => {
      if (response.status === 200) return new Uint8Array(await response.arrayBuffer());
      await response.body?.cancel();
      throw new Error(wordsOfStatus(response.status));
    });
    if (!answer.ok) throw new Error(answer.because);
    return answer.value;
  };
}
