type Batch<C, T> = { ctx: C; entries: T[]; written: Promise<void> };

/**
 * Writes what arrives within a short time together, per `key`, and what arrives during a write together after it: the busier, the larger the batches, and never
 * more than one connection. Everyone who added waits for that write and shares its fate.
 */
export class Gathered<C, T> {
  readonly #waitMs: number;
  readonly #write: (ctx: C, entries: T[]) => Promise<void>;
  readonly #open = new Map<string, Batch<C, T>>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(waitMs: number, write: (ctx: C, entries: T[]) => Promise<void>) {
    this.#waitMs = waitMs;
    this.#write = write;
  }

  /** Adds one entry. `ctx` of the first entry writes them all. Settles with the write. */
  add(key: string, ctx: C, entry: T): Promise<void> {
    const open = this.#open.get(key);
    if (open) {
      open.entries.push(entry);
      return open.written;
    }
    const batch: Batch<C, T> = { ctx, entries: [entry], written: Promise.resolve() };
    batch.written = this.#writeLater(key, batch);
    this.#open.set(key, batch);
    return batch.written;
  }

  async #writeLater(key: string, batch: Batch<C, T>): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, this.#waitMs));
    await this.#writing.get(key)?.catch(() => {});
    this.#open.delete(key);
    const writing = this.#write(batch.ctx, batch.entries);
    this.#writing.set(key, writing);
    try {
      await writing;
    } finally {
      if (this.#writing.get(key) === writing) this.#writing.delete(key);
    }
  }
}
