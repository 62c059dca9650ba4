import type { Sink } from "./read-export.ts";

/** Above this many decisions a browser that can write straight to disk is asked where to, so that they need not fit into memory. */
const TO_DISK_FROM = 50_000;
/** The browser needs the address for as long as it takes to begin saving. */
const KEEP_ADDRESS_MS = 30_000;

type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** Not in every browser, and not yet among TypeScript's types. */
function picker(): Picker | null {
  const pick: unknown = Reflect.get(window, "showSaveFilePicker");
  return typeof pick === "function" ? (pick.bind(window) as Picker) : null;
}

async function onDisk(pick: Picker, name: string): Promise<Sink> {
  const file = await (await pick({ suggestedName: name })).createWritable();
  return { write: (bytes) => file.write(bytes), close: () => file.close(), abort: () => file.abort().catch(() => {}) };
}

function inMemory(name: string): Sink {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (bytes) => void parts.push(bytes),
    abort: () => {
      parts = [];
    },
    close: () => {
      const address = URL.createObjectURL(new Blob(parts));
      parts = [];
      const link = document.createElement("a");
      link.href = address;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), KEEP_ADDRESS_MS);
    },
  };
}

/**
 * A file to save an export in: the browser's downloads, or for a long one a place that the person chooses. Call it from a click.
 * @throws DOMException `AbortError` when the person chooses none.
 */
export async function fileFor(name: string, decisions: number): Promise<Sink> {
  const pick = decisions > TO_DISK_FROM ? picker() : null;
  return pick ? onDisk(pick, name) : inMemory(name);
}
