/** Waits `ms`, or less: until the person asks for it (`wake`) or the browser says that it is online again. */
export function pause(ms: number, wake: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      wake.removeEventListener("wake", over);
      window.removeEventListener("online", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    wake.addEventListener("wake", over);
    window.addEventListener("online", over);
  });
}
