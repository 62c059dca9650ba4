type Batch<C, T> = { ctx: C; entries: T[]; written: Promise<void> };

/** Writes what arrives within a short time together, per `key`; everyone who added waits for that write and shares its fate. */
export class Gathered<C, T> {
  readonly #waitMs: number;
  readonly #write: (ctx: C, entries: T[]) => Promise<void>;
  readonly #batches = new Map<string, Batch<C, T>>();

  constructor(waitMs: number, write: (ctx: C, entries: T[]) => Promise<void>) {
    this.#waitMs = waitMs;
    this.#write = write;
  }

  /** Adds one entry. `ctx` of the first entry writes them all. Settles with the write. */
  add(key: string, ctx: C, entry: T): Promise<void> {
    const open = this.#batches.get(key);
    if (open) {
      open.entries.push(entry);
      return open.written;
    }
    const batch: Batch<C, T> = { ctx, entries: [entry], written: Promise.resolve() };
    batch.written = new Promise<void>((resolve) => setTimeout(resolve, this.#waitMs)).then(() => {
      this.#batches.delete(key);
      return this.#write(batch.ctx, batch.entries);
    });
    this.#batches.set(key, batch);
    return batch.written;
  }
}
