/** Runs once when a server starts: the hub begins to listen before the first request asks for it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServing } = await import("#lib/http/start-serving.ts");
  startServing();
}
