import { closest } from '../closest.ts';
import type { Node } from '../tree.ts';
import { depthOf, type Fault, type Place } from './fault.ts';
import type { Compiled } from './keywords.ts';
import { propertyNames } from './properties.ts';

export interface Outcome {
  readonly branch: Compiled;
  readonly faults: readonly Fault[];
}

type Mismatch = Extract<Fault, { kind: 'mismatch' }>;

/** Of branches that all failed, the faults of the one that was meant. */
export function bestFit(
  outcomes: readonly Outcome[],
  node: Node,
  place: Place | undefined,
): readonly Fault[] {
  const deeper = outcomes.filter(({ faults }) => !isMismatchHere(faults, node));
  if (deeper.length === 0) return [mergeMismatches(outcomes.map(({ faults }) => faults[0] as Mismatch))];
  if (deeper.length === 1) return deeper[0]!.faults;
  const common = commonMissing(deeper, node) ?? commonDiscriminator(deeper, place);
  if (common !== undefined) return [common];
  const unspoken = noForm(deeper, node, place);
  if (unspoken !== undefined) return [unspoken];
  const ranked = deeper.map((outcome) => ({ outcome, rank: rankOf(outcome, node, place) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked[0]!.outcome.faults;
}

/** Where no key speaks for any of the branches, not even a misspelt one: what each of them would need. */
function noForm(outcomes: readonly Outcome[], node: Node, place: Place | undefined): Fault | undefined {
  if (node.kind !== 'map') return undefined;
  const keys: string[] = [];
  for (const { branch, faults } of outcomes) {
    const allowed = propertyNames(branch);
    const [missing] = missingHere(faults, node);
    const speaks = node.pairs.some(
      ({ key }) => allowed.includes(key.text) || closest(key.text, allowed) !== undefined,
    );
    // Of a branch that lists no keys nobody can tell whether it is spoken of.
    if (missing === undefined || speaks || allowed.length === 0) return undefined;
    keys.push(missing);
  }
  return { kind: 'no-form', keyword: 'anyOf', node, place, keys: [...new Set(keys)] };
}

function missingHere(faults: readonly Fault[], node: Node): readonly string[] {
  return faults.flatMap((fault) => (fault.kind === 'missing-key' && fault.node === node ? [fault.key] : []));
}

/** True where the branch is about another kind of value altogether. */
function isMismatchHere(faults: readonly Fault[], node: Node): boolean {
  return faults.length === 1 && faults[0]!.kind === 'mismatch' && faults[0]!.node === node;
}

/** 'must be a string or a list': what each branch would take, as one fault. */
function mergeMismatches(faults: readonly Mismatch[]): Fault {
  const types = new Set<string>();
  const values = new Set<unknown>();
  for (const fault of faults) {
    for (const type of fault.types) types.add(type);
    for (const value of fault.values) values.add(value);
  }
  const keyword = values.size > 0 ? 'enum' : 'type';
  return { ...faults[0]!, keyword, types: [...types], values: [...values] };
}

/** A key that every branch asks for and nobody gave. */
function commonMissing(outcomes: readonly Outcome[], node: Node): Fault | undefined {
  const everywhere = outcomes.map(({ faults }) => new Set(missingHere(faults, node)));
  return outcomes[0]!.faults.find(
    (fault) =>
      fault.kind === 'missing-key' && fault.node === node && everywhere.every((keys) => keys.has(fault.key)),
  );
}

/** The key that says which branch is meant (`type: …`), where its value fits none: all they would take, as one fault. */
function commonDiscriminator(outcomes: readonly Outcome[], place: Place | undefined): Fault | undefined {
  const first = discriminators(outcomes[0]!.faults, place);
  for (const candidate of first) {
    const found: Mismatch[] = [];
    for (const outcome of outcomes) {
      const same = discriminators(outcome.faults, place).find((fault) => fault.node === candidate.node);
      if (same !== undefined) found.push(same);
    }
    if (found.length === outcomes.length) return mergeMismatches(found);
  }
  return undefined;
}

/** Faults of fixed values one step below. */
function discriminators(faults: readonly Fault[], place: Place | undefined): readonly Mismatch[] {
  const depth = depthOf(place) + 1;
  return faults.filter(
    (fault): fault is Mismatch =>
      fault.kind === 'mismatch' && fault.keyword !== 'type' && depthOf(fault.place) === depth,
  );
}

/** Smaller is better, the first difference decides. */
type Rank = readonly [discriminators: number, weight: number, strangers: number, shallowness: number];

function rankOf({ branch, faults }: Outcome, node: Node, place: Place | undefined): Rank {
  const allowed = node.kind === 'map' ? new Set(propertyNames(branch)) : new Set<string>();
  const strangers = node.kind === 'map' ? node.pairs.filter(({ key }) => !allowed.has(key.text)).length : 0;
  const depths = faults.map((fault) => depthOf(fault.place));
  // A key that is nearly right speaks for its branch, together with the one it should have been.
  const nearly = faults.filter(
    (fault) => fault.kind === 'unknown-key' && closest(fault.key.text, fault.allowed) !== undefined,
  );
  const weight = faults.length - 1.5 * nearly.length;
  return [discriminators(faults, place).length, weight, strangers, -Math.max(...depths)];
}

function compareRanks(a: Rank, b: Rank): number {
  for (const [at, value] of a.entries()) if (value !== b[at]) return value - b[at]!;
  return 0;
}
