/**
 * Loaded into example programs that know nothing of who started them (`node --import`): asks its own process to end when that one is gone,
 * so that nothing stays behind after a kill.
 */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
}, 1000).unref();
