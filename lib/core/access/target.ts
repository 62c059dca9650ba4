/** What an action is done to. Times are epoch ms. */
export type Target = {
  /** Absent for what belongs to no environment: people, roles. `guarded`: loosening needs approval there (Production). */
  environment?: { key: string; name?: string; guarded: boolean };
  /** Key of the one feature it touches; absent or null when it touches several or none. */
  feature?: string | null;
  /** The control to lift or undo. `placedBy` is an actor reference. */
  control?: { placedBy: string; placedByName?: string; placedAt: number; placedByAutomation: boolean };
  /** What `isTightening` proved of the change; what was not proved down counts as up. */
  change?: "down" | "up";
  /** Why a control is lifted: undefined when it was not asked yet, null or blank when none was given. */
  reason?: string | null;
  now: number;
};
