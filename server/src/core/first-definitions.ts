import type { FactReader } from './fact-reader.ts';
import type { Definition, Located } from './facts.ts';

/** Of each name that is defined more than once, who was first; of many with one name each is asked for once. */
export class FirstDefinitions {
  readonly #index: Pick<FactReader, 'definitions'>;
  readonly #firsts = new Map<string, Located<Definition> | undefined>();

  constructor(index: Pick<FactReader, 'definitions'>) {
    this.#index = index;
  }

  /** The definition that this one must give way to; undefined where it is the first, or need not. */
  before(definition: Located<Definition>): Located<Definition> | undefined {
    if (definition.exclusive === false) return undefined;
    const { namespace, scope, name, group = '' } = definition;
    const key = [namespace, scope, name, group].join('\0');
    if (!this.#firsts.has(key)) this.#firsts.set(key, this.#find(definition));
    const first = this.#firsts.get(key);
    return first && isSame(first, definition) ? undefined : first;
  }

  #find(definition: Located<Definition>): Located<Definition> | undefined {
    const all = this.#index.definitions(definition);
    if (all.length < 2) return undefined;
    const rivals = all.filter((other) => excludes(other, definition));
    return rivals.length < 2 ? rivals[0] : rivals.reduce((a, b) => (byPlace(b, a) < 0 ? b : a));
  }
}

function excludes(a: Definition, b: Definition): boolean {
  return (a.group ?? '') === (b.group ?? '') && a.exclusive !== false && b.exclusive !== false;
}

function byPlace(a: Located<Definition>, b: Located<Definition>): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start;
}

function isSame(a: Located<Definition>, b: Located<Definition>): boolean {
  return a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end;
}
