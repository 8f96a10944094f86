/** How well a name fits what was typed, 0 the best; undefined where its letters do not all stand in it, in order. */
export function matchName(name: string, typed: string): number | undefined {
  if (typed === '' || name === typed) return 0;
  // Of a hundred thousand names most fall out here, before anything is made of them.
  if (!holdsInOrder(name, typed)) return undefined;
  const [lower, query] = [name.toLowerCase(), typed.toLowerCase()];
  if (lower === query) return 1;
  if (name.startsWith(typed)) return 2;
  const at = lower.indexOf(query);
  if (at === 0) return 3;
  if (at > 0) return beginsWord(lower, at) || hasWordAt(lower, query, at) ? 4 : 5;
  return 6;
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
  for (let letter = 0; letter < letters.length; letter++) {
    const wanted = lowered(letters.charCodeAt(letter));
    while (at < name.length && lowered(name.charCodeAt(at)) !== wanted) at++;
    if (at++ === name.length) return false;
  }
  return true;
}

/** Of ASCII letters; the names of things on disk and in databases hardly have others. */
function lowered(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
