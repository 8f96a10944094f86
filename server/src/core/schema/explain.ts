import { closest } from '../closest.ts';
import type { Span } from '../span.ts';
import { pairsOf, type Node } from '../tree.ts';
import type { SchemaProblem } from './check-schema.ts';
import { segmentsOf, type Fault } from './fault.ts';
import { joined, listing, shorten, typeWords } from './words.ts';

/** Puts faults into sentences: one a cause, in the order of the text. */
export function explainFaults(faults: readonly Fault[]): readonly SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  const missing = new Map<Node, Fault[]>();
  const strangers = new Strangers();
  for (const fault of faults) {
    if (fault.kind === 'missing-key' && fault.keyword === 'required') {
      const group = missing.get(fault.node);
      if (group) group.push(fault);
      else missing.set(fault.node, [fault]);
      continue;
    }
    const problem = explain(fault, strangers);
    const id = `${problem.span.start}:${problem.span.end}:${problem.message}`;
    if (!problems.has(id)) problems.set(id, problem);
  }
  for (const group of missing.values()) {
    // A misspelt key is one fault, not a stranger and a gap.
    const gaps = group.filter((fault) => fault.kind !== 'missing-key' || !strangers.mean(fault));
    if (gaps.length === 0) continue;
    const problem = explainMissing(gaps);
    problems.set(`${problem.span.start}:${problem.message}`, problem);
  }
  return [...problems.values()].toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The unknown keys of each mapping, of which one may have thousands. */
class Strangers {
  readonly #there = new Map<Node, ReadonlySet<string>>();
  readonly #meant = new Map<Node, Set<string>>();

  /** Those of the allowed keys that are not there yet. */
  free({ node, allowed }: Extract<Fault, { kind: 'unknown-key' }>): readonly string[] {
    let there = this.#there.get(node);
    if (!there) this.#there.set(node, (there = new Set(pairsOf(node).map(({ key }) => key.text))));
    return allowed.filter((name) => !there.has(name));
  }

  /** The key was probably meant by one of the unknown keys. */
  note({ node }: Fault, meant: string): void {
    const known = this.#meant.get(node);
    if (known) known.add(meant);
    else this.#meant.set(node, new Set([meant]));
  }

  mean({ node, key }: Extract<Fault, { kind: 'missing-key' }>): boolean {
    return this.#meant.get(node)?.has(key) === true;
  }
}

function explain(fault: Fault, strangers: Strangers): SchemaProblem {
  switch (fault.kind) {
    case 'mismatch':
      return explainMismatch(fault);
    case 'unknown-key':
      return explainUnknownKey(fault, strangers);
    case 'missing-key':
      return {
        ...at(fault, ownerSpan(fault)),
        key: fault.key,
        message: `\`${fault.neededBy ?? ''}\` needs \`${fault.key}\` beside it; add it`,
      };
    case 'several-forms':
      return { ...at(fault, ownerSpan(fault)), message: severalForms(fault.forms) };
    case 'no-form':
      return {
        ...at(fault, ownerSpan(fault)),
        message: `this mapping has no form that is allowed here; give it ${listing(fault.keys, 'or')}`,
      };
    case 'other':
      return { ...at(fault, valueSpan(fault)), message: `${subject(fault)} ${fault.says}` };
  }
}

function at(fault: Fault, span: Span): Pick<SchemaProblem, 'span' | 'keyword' | 'pointer'> {
  return { span, keyword: fault.keyword, pointer: segmentsOf(fault.place) };
}

/** The node's own span; where nothing is written, the key that asks for it. */
function valueSpan({ node, place }: Fault): Span {
  if (node.kind === 'map' && place?.key !== undefined) return place.key.span;
  if (node.kind === 'map') return node.pairs[0]?.key.span ?? node.span;
  if (node.span.end > node.span.start)
    return node.kind === 'seq' && place?.key !== undefined ? place.key.span : node.span;
  return place?.key?.span ?? node.span;
}

/** The key that owns the mapping, or the mapping's first key. */
function ownerSpan({ node, place }: Fault): Span {
  if (place?.key !== undefined) return place.key.span;
  return node.kind === 'map' ? (node.pairs[0]?.key.span ?? node.span) : node.span;
}

function explainMissing(faults: readonly Fault[]): SchemaProblem {
  const names = [...new Set(faults.map((fault) => (fault.kind === 'missing-key' ? fault.key : '')))];
  const [fault] = faults;
  const owner = fault!.place?.key === undefined ? '' : ` in \`${shorten(fault!.place.key.text)}\``;
  const message =
    names.length === 1
      ? `the key \`${names[0]}\` is missing${owner}; add it`
      : `the keys ${listing(names, 'and')} are missing${owner}; add them`;
  return { ...at(fault!, ownerSpan(fault!)), message, ...(names.length === 1 ? { key: names[0]! } : {}) };
}

function explainUnknownKey(
  fault: Extract<Fault, { kind: 'unknown-key' }>,
  strangers: Strangers,
): SchemaProblem {
  const { key, allowed } = fault;
  const free = strangers.free(fault);
  const suggestion = closest(key.text, free);
  const base = { ...at(fault, key.span), key: key.text, allowed };
  const unknown = `unknown key \`${shorten(key.text)}\``;
  if (suggestion !== undefined) {
    strangers.note(fault, suggestion);
    return { ...base, suggestion, message: `${unknown}; did you mean \`${suggestion}\`?` };
  }
  if (free.length === 0) return { ...base, message: `${unknown}; remove it` };
  return {
    ...base,
    message: `${unknown}; remove it, or use ${free.length === 1 ? '' : 'one of '}${listing(free, 'or')}`,
  };
}

function explainMismatch(fault: Extract<Fault, { kind: 'mismatch' }>): SchemaProblem {
  const { node, place, values } = fault;
  const base = at(fault, valueSpan(fault));
  const named = place?.key === undefined ? 'this' : `\`${shorten(place.key.text)}\``;
  const types =
    fault.types.length + values.length > 1
      ? fault.types.filter((type) => isWorthSaying(type, fault))
      : fault.types;
  const allowed = values.filter((value) => value !== null).map(String);
  const isEmpty = node.kind === 'scalar' && node.value === null;
  const wanted = wantedWords(types, allowed);
  const fields = allowed.length > 0 ? { allowed } : {};
  if (isEmpty)
    return {
      ...base,
      ...fields,
      message: `${named} is empty but must be ${wanted}; fill it in or remove the key`,
    };
  if (node.kind === 'scalar' && allowed.length > 0) {
    const suggestion = closest(node.text, allowed);
    const wrong =
      place?.key === undefined
        ? `\`${shorten(node.text)}\` is not allowed here`
        : `\`${shorten(node.text)}\` is no value for ${named}`;
    if (suggestion !== undefined)
      return { ...base, ...fields, suggestion, message: `${wrong}; did you mean \`${suggestion}\`?` };
    return { ...base, ...fields, message: `${wrong}; it must be ${wanted}` };
  }
  return {
    ...base,
    ...fields,
    message: `${named} must be ${wanted}, not ${kindOf(node)}${advice(node, types)}`,
  };
}

/** Nobody who wrote a word wants to hear that a mapping would be fine too, nor that nothing would. */
function isWorthSaying(type: string, { node, values }: Extract<Fault, { kind: 'mismatch' }>): boolean {
  if (type === 'null') return false;
  return node.kind !== 'scalar' || values.length === 0 || (type !== 'object' && type !== 'array');
}

/** A sentence's end that says what to do, where there is one thing to do. */
function advice(node: Node, types: readonly string[]): string {
  if (node.kind !== 'scalar')
    return types.includes('array') && node.kind === 'map' ? '; begin each item with `- `' : '';
  if (types.includes('string') && node.value !== null && typeof node.value !== 'string')
    return '; put it in quotes';
  if (types.length === 1 && types[0] === 'array') return `; write \`[${shorten(node.text)}]\``;
  if (
    typeof node.value === 'string' &&
    (node.style === 'single' || node.style === 'double') &&
    types.some((type) => type !== 'object' && type !== 'array')
  ) {
    return '; remove the quotes if it is one';
  }
  return '';
}

function wantedWords(types: readonly string[], allowed: readonly string[]): string {
  const wanted = types.map((type) => typeWords[type] ?? type);
  if (allowed.length > 0)
    wanted.unshift(allowed.length === 1 ? `\`${allowed[0]}\`` : `one of ${listing(allowed, 'or')}`);
  return wanted.length === 0 ? 'something else' : joined(wanted, 'or');
}

function kindOf(node: Node): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'seq') return 'a list';
  if (node.value === null) return 'empty';
  if (typeof node.value === 'boolean') return `\`${shorten(node.text)}\` (true or false)`;
  if (typeof node.value === 'number') return 'a number';
  return 'a string';
}

function subject({ node, place }: Fault): string {
  if (node.kind === 'scalar' && node.text !== '') return `\`${shorten(node.text)}\``;
  return place?.key === undefined ? 'this' : `\`${shorten(place.key.text)}\``;
}

function severalForms(forms: readonly (readonly string[])[]): string {
  const [first = []] = forms;
  const shared = new Set(first.filter((key) => forms.every((form) => form.includes(key))));
  const named = forms.map((form) => form.filter((key) => !shared.has(key))).filter((form) => form.length > 0);
  if (named.length < 2) return 'this can be read in more than one way; keep the keys of one form only';
  return `this can be read in more than one way; give either ${named.map((form) => listing(form, 'and')).join(' or ')}`;
}
