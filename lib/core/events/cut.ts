/** The first `most` characters of a text. It ends where a character does: with half of one, no store would take it, and what it belongs to would be lost. */
export function cut(text: string, most: number): string {
  const start = text.slice(0, most);
  const last = start.charCodeAt(start.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? start.slice(0, -1) : start;
}
