/** `0.4 s`, `18.9 s`, `1 min 2 s`, `1 h 5 min`: how long something took, as everywhere beside the panels. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  return seconds < 3599.5
    ? inTwo(Math.round(seconds), 'min', 's')
    : inTwo(Math.round(seconds / 60), 'h', 'min');
}

function inTwo(count: number, large: string, small: string): string {
  const rest = count % 60;
  return `${Math.floor(count / 60)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** The elapsed time of something that runs: whole seconds, `0:07`, `1:02:03`. */
export function formatElapsed(ms: number): string {
  const whole = Math.floor(Math.max(0, ms) / 1000);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** The clock's time where the person is: `08:32:45`. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** `1,234`: the same in every language of the editor, as in the tools' own output. */
export function formatCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
