import { toValue, type Node } from '../tree.ts';
import type { Fault, Place } from './fault.ts';
import type { Part } from './keywords.ts';
import { isObject } from './schema.ts';

/** What keywords that count or measure forbid: lengths, sizes, ranges, patterns, keys that need each other. */
export function limitFaults(part: Part, node: Node, place: Place | undefined): readonly Fault[] {
  const limits = new Limits(part, node, place);
  if (node.kind === 'map') limits.map(node.pairs.length);
  else if (node.kind === 'seq') limits.seq(node.items);
  else if (typeof node.value === 'string') limits.string(node.value);
  else if (typeof node.value === 'number') limits.number(node.value);
  return limits.faults;
}

class Limits {
  readonly faults: Fault[] = [];
  readonly #part: Part;
  readonly #node: Node;
  readonly #place: Place | undefined;

  constructor(part: Part, node: Node, place: Place | undefined) {
    this.#part = part;
    this.#node = node;
    this.#place = place;
  }

  string(value: string): void {
    const { pattern } = this.#part;
    if (pattern?.test(value) === false)
      this.#say('pattern', `does not have the form \`${pattern.source}\`; correct it`);
    // JSON Schema counts characters, not UTF-16 units.
    const length = value.length === 0 ? 0 : Array.from(value).length;
    this.#least('minLength', length, (least) =>
      length === 0 ? 'must not be empty; fill it in' : `must have at least ${least} characters; lengthen it`,
    );
    this.#most('maxLength', length, (most) => `must have at most ${most} characters; shorten it`);
  }

  number(value: number): void {
    this.#least('minimum', value, (least) => `is too small; it must be at least ${least}`);
    this.#most('maximum', value, (most) => `is too large; it must be at most ${most}`);
    const above = this.#limit('exclusiveMinimum');
    const below = this.#limit('exclusiveMaximum');
    if (above !== undefined && value <= above)
      this.#say('exclusiveMinimum', `is too small; it must be more than ${above}`);
    if (below !== undefined && value >= below)
      this.#say('exclusiveMaximum', `is too large; it must be less than ${below}`);
  }

  seq(list: readonly Node[]): void {
    const { length } = list;
    if (this.#part.json['uniqueItems'] === true) this.#unique(list);
    const items = (count: number): string => (count === 1 ? 'one item' : `${count} items`);
    this.#least(
      'minItems',
      length,
      (least) => `must have at least ${items(least)}; add ${length === 0 && least === 1 ? 'one' : 'more'}`,
    );
    this.#most('maxItems', length, (most) => `must have at most ${items(most)}; remove some`);
  }

  #unique(list: readonly Node[]): void {
    const seen = new Set<string>();
    for (const [index, node] of list.entries()) {
      const text = canonical(toValue(node));
      const depth = (this.#place?.depth ?? 0) + 1;
      const place = { parent: this.#place, segment: String(index), key: undefined, depth };
      const says = 'stands in the list twice; remove one of the two';
      if (seen.has(text)) this.faults.push({ kind: 'other', keyword: 'uniqueItems', node, place, says });
      seen.add(text);
    }
  }

  map(size: number): void {
    this.#least('minProperties', size, (least) =>
      size === 0 ? 'must not be empty; add a key' : `must have at least ${least} keys; add more`,
    );
    this.#most(
      'maxProperties',
      size,
      (most) => `must have at most ${most === 1 ? 'one key' : `${most} keys`}; remove the others`,
    );
    const { json } = this.#part;
    const dependent = isObject(json['dependentRequired']) ? json['dependentRequired'] : json['dependencies'];
    for (const [name, needs] of isObject(dependent) ? Object.entries(dependent) : []) {
      if (Array.isArray(needs) && this.#has(name)) this.#needs(name, needs);
    }
  }

  #needs(neededBy: string, needs: readonly unknown[]): void {
    for (const key of needs) {
      if (typeof key !== 'string' || this.#has(key)) continue;
      this.faults.push({
        kind: 'missing-key',
        keyword: 'dependentRequired',
        node: this.#node,
        place: this.#place,
        key,
        neededBy,
      });
    }
  }

  #has(name: string): boolean {
    return this.#node.kind === 'map' && this.#node.pairs.some(({ key }) => key.text === name);
  }

  #least(keyword: string, found: number, says: (least: number) => string): void {
    const least = this.#limit(keyword);
    if (least !== undefined && found < least) this.#say(keyword, says(least));
  }

  #most(keyword: string, found: number, says: (most: number) => string): void {
    const most = this.#limit(keyword);
    if (most !== undefined && found > most) this.#say(keyword, says(most));
  }

  #limit(keyword: string): number | undefined {
    const value = this.#part.json[keyword];
    return typeof value === 'number' ? value : undefined;
  }

  #say(keyword: string, says: string): void {
    this.faults.push({ kind: 'other', keyword, node: this.#node, place: this.#place, says });
  }
}

/** The same text for values that JSON Schema takes for equal: the order of keys does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}
