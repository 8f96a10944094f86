/** `2026-11-29 08:32`, as the clock on the wall says. */
export function timeText(atMs: number): string {
  const date = new Date(atMs);
  const pad = (part: number): string => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}
