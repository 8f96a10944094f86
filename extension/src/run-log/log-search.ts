import { createContext, Script } from 'node:vm';
import type { LogSearch, TextRange } from '../../../webviews/run/protocol.ts';

/** Limit: an expression that looks longer at a few lines would hold up the editor. */
const patienceMs = 40;

/** What a person searches for, ready to be looked for; or why it cannot be. */
export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly isPlain: boolean };

export function compileSearch({ text, regex, matchCase, wholeWord }: LogSearch): Search {
  if (text === '') return { kind: 'none' };
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  try {
    // What stands alone may be broken and yet fit into brackets.
    const checked = new RegExp(source, 'g');
    const whole = wholeWord ? `(?<!\\w)(?:${checked.source})(?!\\w)` : source;
    return { kind: 'pattern', pattern: new RegExp(whole, matchCase ? 'g' : 'gi'), isPlain: !regex };
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Looks for a pattern in texts, and gives up where that takes too long: some expressions take hours for one line. */
export class Matcher {
  readonly #context = createContext({ look: () => {} });
  readonly #script = new Script('look()');

  /** Which of the texts have a hit; undefined where the expression is too slow. */
  hits(search: Search, texts: readonly string[]): readonly boolean[] | undefined {
    if (search.kind !== 'pattern') return texts.map(() => false);
    return this.#patiently(search, texts, (text) => firstRange(search.pattern, text) !== undefined);
  }

  /** Where it hits in each text, in order; nowhere where the expression is too slow. */
  ranges(search: Search, texts: readonly string[]): readonly (readonly TextRange[])[] {
    const nowhere = texts.map(() => []);
    if (search.kind !== 'pattern') return nowhere;
    return this.#patiently(search, texts, (text) => [...rangesIn(search.pattern, text)]) ?? nowhere;
  }

  #patiently<Of>(
    { isPlain }: Search & { readonly kind: 'pattern' },
    texts: readonly string[],
    look: (text: string) => Of,
  ): readonly Of[] | undefined {
    if (isPlain) return texts.map(look);
    const found: Of[] = [];
    // A busy machine is slow, too: one more try before the expression is blamed, from where it was broken off.
    for (let tries = 0; found.length < texts.length; tries++) {
      const before = found.length;
      this.#context['look'] = () => {
        while (found.length < texts.length) found.push(look(texts[found.length] ?? ''));
      };
      try {
        this.#script.runInContext(this.#context, { timeout: patienceMs });
      } catch {
        if (found.length === before && tries > 0) return undefined;
        if (found.length > before) tries = -1;
      }
    }
    return found;
  }
}

function firstRange(pattern: RegExp, text: string): TextRange | undefined {
  return rangesIn(pattern, text).next().value ?? undefined;
}

function* rangesIn(pattern: RegExp, text: string): Generator<TextRange, undefined> {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    // An empty hit (`x*`) would be found for ever at one place.
    if (found[0] === '') pattern.lastIndex++;
    else yield { start: found.index, end: found.index + found[0].length };
  }
  return undefined;
}
