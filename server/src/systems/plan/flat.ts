/** A text in one line; most are. */
export function flat(text: string): string {
  if (!/\s\s|[\n\t]/.test(text)) return text.trim();
  return text.replace(/\s+/g, ' ').trim();
}
