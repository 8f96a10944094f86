/** How well a name fits what was typed, 0 the best; undefined where its letters do not all stand in it, in order. */
export function matchName(name: string, typed: string): number | undefined {
  if (typed === '') return 0;
  if (name === typed) return 0;
  const [lower, query] = [name.toLowerCase(), typed.toLowerCase()];
  if (lower === query) return 1;
  if (name.startsWith(typed)) return 2;
  const at = lower.indexOf(query);
  if (at === 0) return 3;
  if (at > 0) return beginsWord(lower, at) || hasWordAt(lower, query, at) ? 4 : 5;
  return holdsInOrder(lower, query) ? 6 : undefined;
}

export interface Ranked<T> {
  readonly item: T;
  readonly name: string;
  readonly rank: number;
}

/** The best first: by rank, then the shorter name where something was typed, then by the alphabet. */
export function byRank<T>(a: Ranked<T>, b: Ranked<T>): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.rank > 0 && a.name.length !== b.name.length) return a.name.length - b.name.length;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function hasWordAt(name: string, query: string, from: number): boolean {
  for (let at = name.indexOf(query, from + 1); at > 0; at = name.indexOf(query, at + 1))
    if (beginsWord(name, at)) return true;
  return false;
}

function beginsWord(name: string, at: number): boolean {
  return /[^a-z0-9]/.test(name[at - 1]!);
}

function holdsInOrder(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
