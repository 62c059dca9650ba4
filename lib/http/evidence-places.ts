import { AppError } from "#lib/errors.ts";

/**
 * Exports and counts of raw events that one process makes at a time: each holds a connection of those that figures are read with, and one of these is always left
 * for the figures themselves.
 */
const MOST_AT_ONCE = 3;
/** Whoever counts waits no longer than this, milliseconds. */
const PATIENCE_MS = 10_000;

type Waiting = (leave: () => void) => void;
type Places = { taken: number; waiting: Set<Waiting> };
const anchor = globalThis as typeof globalThis & { evenkeelEvidencePlaces?: Places };

function places(): Places {
  anchor.evenkeelEvidencePlaces ??= { taken: 0, waiting: new Set() };
  return anchor.evenkeelEvidencePlaces;
}

/** What gives a place back, once; whoever has waited longest takes it over. */
function leaveOnce(): () => void {
  let left = false;
  return () => {
    if (left) return;
    left = true;
    const { waiting } = places();
    const [next] = waiting;
    if (next) {
      waiting.delete(next);
      next(leaveOnce());
    } else places().taken--;
  };
}

/** Takes a place and answers with what gives it back; null while none is free. */
function takeFree(): (() => void) | null {
  if (places().taken >= MOST_AT_ONCE) return null;
  places().taken++;
  return leaveOnce();
}

/** Takes a place. @throws AppError `limit-exceeded` while none is free. */
export function takePlace(): () => void {
  const place = takeFree();
  if (place) return place;
  throw new AppError("limit-exceeded", "Other exports are running already. Try again when one has ended.", {
    retryAfter: 15,
  });
}

/** Takes a place as soon as one is free. @throws AppError `limit-exceeded` when that takes too long, `unavailable` when `signal` says that nobody waits any more. */
export function waitForPlace(signal: AbortSignal): Promise<() => void> {
  if (signal.aborted) return Promise.reject(goneAway());
  const place = takeFree();
  if (place) return Promise.resolve(place);
  return new Promise((resolve, reject) => {
    const { waiting } = places();
    const end = (error: AppError | null) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", gone);
      waiting.delete(mine);
      if (error) reject(error);
    };
    const mine: Waiting = (leave) => {
      end(null);
      resolve(leave);
    };
    const gone = () => end(goneAway());
    const late = () =>
      end(
        new AppError("limit-exceeded", "Others are being counted or exported. It is asked again in a moment.", {
          retryAfter: 15,
        }),
      );
    const timer = setTimeout(late, PATIENCE_MS);
    signal.addEventListener("abort", gone, { once: true });
    waiting.add(mine);
  });
}

const goneAway = () => new AppError("unavailable", "Nobody waits for this any more.");
