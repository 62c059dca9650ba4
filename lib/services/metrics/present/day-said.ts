/** "12 November", of "2026-11-12": a day by its name, so no zone is asked. */
export function daySaid(day: string): string {
  const date = new Date(`${day}T12:00Z`);
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(date);
}
