/** Stands for a character that nobody shall see. No bytes are read as it, so no text holds it otherwise. */
const hiddenChar = '\ud800';
const hiddenRun = /\ud800+/g;

/** What hides so many characters: a text keeps its length until it is shown, so that places in it stay the same. */
export function hidden(length: number): string {
  return hiddenChar.repeat(length);
}

/** The text as it may be shown. */
export function shown(text: string, mask: string): string {
  return text.replace(hiddenRun, mask);
}

/** Hides in a text what is hidden in it when its gaps are taken out, and keeps the gaps. */
export function hideAcross(text: string, gaps: RegExp, hide: (joined: string) => string): string {
  const joined = text.replace(gaps, '');
  const after = hide(joined);
  if (after === joined) return text;
  let rebuilt = '';
  let at = 0;
  let taken = 0;
  for (const gap of text.matchAll(gaps)) {
    rebuilt += after.slice(taken, (taken += gap.index - at)) + gap[0];
    at = gap.index + gap[0].length;
  }
  return rebuilt + after.slice(taken);
}
