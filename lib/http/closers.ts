type Closer = () => void | Promise<void>;
const anchor = globalThis as typeof globalThis & { evenkeelClosers?: Map<string, Closer> };

/**
 * Names something to close before the process ends: open streams would keep a Next server alive after SIGTERM. Anchored on `globalThis`,
 * because routes and instrumentation live in module instances of their own.
 */
export function onShutdown(name: string, close: Closer): void {
  anchor.evenkeelClosers ??= new Map();
  anchor.evenkeelClosers.set(name, close);
}

/** Closes everything that was named; never throws, so that the process can go on to end. */
export async function closeAll(): Promise<void> {
  const closers = [...(anchor.evenkeelClosers?.values() ?? [])];
  anchor.evenkeelClosers?.clear();
  await Promise.allSettled(closers.map(async (close) => close()));
}
