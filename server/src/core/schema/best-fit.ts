import type { Node } from '../tree.ts';
import { depthOf, type Fault, type Place } from './fault.ts';
import { propertyNames } from './properties.ts';
import type { JsonSchema, Schema } from './schema.ts';

interface Outcome {
  readonly branch: JsonSchema;
  readonly faults: readonly Fault[];
}

type Mismatch = Extract<Fault, { kind: 'mismatch' }>;

/** Of branches that all failed, the faults of the one that was meant. */
export function bestFit(
  schema: Schema,
  outcomes: readonly Outcome[],
  node: Node,
  place: Place | undefined,
): readonly Fault[] {
  const deeper = outcomes.filter(({ faults }) => !isMismatchHere(faults, node));
  if (deeper.length === 0) return [mergeMismatches(outcomes.map(({ faults }) => faults[0] as Mismatch))];
  if (deeper.length === 1) return deeper[0]!.faults;
  const common = commonMissing(deeper, node) ?? commonDiscriminator(deeper, place);
  if (common !== undefined) return [common];
  const ranked = deeper.map((outcome) => ({ outcome, rank: rankOf(schema, outcome, node, place) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked[0]!.outcome.faults;
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
  const missing = (outcome: Outcome): readonly Fault[] =>
    outcome.faults.filter((fault) => fault.kind === 'missing-key' && fault.node === node);
  const nameOf = (fault: Fault): string | undefined => (fault.kind === 'missing-key' ? fault.key : undefined);
  return missing(outcomes[0]!).find((fault) =>
    outcomes.every((outcome) => missing(outcome).some((other) => nameOf(other) === nameOf(fault))),
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
type Rank = readonly [discriminators: number, faults: number, strangers: number, shallowness: number];

function rankOf(schema: Schema, { branch, faults }: Outcome, node: Node, place: Place | undefined): Rank {
  const allowed = node.kind === 'map' ? new Set(propertyNames(schema, branch)) : new Set<string>();
  const strangers = node.kind === 'map' ? node.pairs.filter(({ key }) => !allowed.has(key.text)).length : 0;
  const depths = faults.map((fault) => depthOf(fault.place));
  return [discriminators(faults, place).length, faults.length, strangers, -Math.max(...depths)];
}

function compareRanks(a: Rank, b: Rank): number {
  for (const [at, value] of a.entries()) if (value !== b[at]) return value - b[at]!;
  return 0;
}
