import type { SeverityChoice, SeverityChoices } from '../../core/finding.ts';
import type { StatusWords } from '../../core/plan.ts';
import type { Versions } from '../../core/system.ts';
import {
  findPair,
  get,
  itemsOf,
  pairsOf,
  stringOf,
  type Node,
  type Pair,
  type ScalarNode,
} from '../../core/tree.ts';
import { readChecks, readWaivers, type CheckModel, type WaiverModel } from './checks-model.ts';

/** What `penstock.yaml` says, each part where it is written. */
export interface PenstockModel {
  /** Documents that are the plan, as written. */
  readonly plans: readonly ScalarNode[];
  readonly statusWords: StatusWords;
  readonly severity: SeverityChoices;
  readonly versions: Versions;
  readonly pipelines: readonly PipelineModel[];
  readonly checks: readonly CheckModel[];
  readonly waivers: readonly WaiverModel[];
}

export interface PipelineModel {
  readonly pair: Pair;
  readonly name: string;
  readonly title: string | undefined;
  readonly parameters: readonly ParameterModel[];
  readonly env: readonly Pair[];
  readonly entries: readonly Entry[];
}

export interface ParameterModel {
  readonly name: ScalarNode;
  /** Empty where nothing is said of it. */
  readonly node: Node;
  readonly type: string;
  readonly default: ScalarNode | undefined;
  readonly options: readonly ScalarNode[];
  readonly description: string | undefined;
}

export interface Entry {
  readonly node: Node;
  /** Unique in its pipeline, unless a finding says otherwise. */
  readonly id: string;
  /** Unique in any case: the id, with a number where another entry has it already. */
  readonly key: string;
  /** Where the id is written; undefined where it follows from the step or the place in the list. */
  readonly idNode: ScalarNode | undefined;
  readonly step: ScalarNode | undefined;
  readonly run: Node | undefined;
  readonly title: string | undefined;
  /** As written; undefined where the entry waits for the one before it. */
  readonly needs: readonly ScalarNode[] | undefined;
  readonly cwd: ScalarNode | undefined;
  readonly env: readonly Pair[];
  /** What the step's tool is told. */
  readonly options: readonly Pair[];
  readonly writes: readonly ScalarNode[];
  readonly select: readonly ScalarNode[];
  readonly exclude: readonly ScalarNode[];
  readonly timeout: ScalarNode | undefined;
  /** A count, or a mapping. */
  readonly retries: Node | undefined;
  readonly allowFailure: boolean;
}

export function readPenstock(tree: Node | undefined): PenstockModel {
  return {
    plans: readPlans(get(tree, 'plan')),
    statusWords: readStatusWords(get(get(tree, 'plan'), 'status-words')),
    severity: readSeverity(get(tree, 'severity')),
    versions: readVersions(get(tree, 'versions')),
    pipelines: pairsOf(get(tree, 'pipelines')).map(readPipeline),
    checks: readChecks(get(tree, 'checks')),
    waivers: readWaivers(get(tree, 'waivers')),
  };
}

/** A path, a list of them, or a mapping with `documents`. */
function readPlans(plan: Node | undefined): readonly ScalarNode[] {
  const node = plan?.kind === 'map' ? get(plan, 'documents') : plan;
  const nodes = node?.kind === 'seq' ? node.items : node ? [node] : [];
  return nodes.flatMap((each) => stringOf(each) ?? []);
}

const statuses: ReadonlySet<string> = new Set(['planned', 'in-progress', 'done', 'blocked', 'skipped']);

function readStatusWords(node: Node | undefined): StatusWords {
  const pairs = pairsOf(node).filter(({ key }) => statuses.has(key.text));
  const textsOf = (value: Node): readonly string[] =>
    (value.kind === 'seq' ? value.items : [value]).flatMap(
      (each) => stringOf(each)?.text.toLowerCase() ?? [],
    );
  return Object.fromEntries(pairs.map(({ key, value }) => [key.text, textsOf(value)]));
}

/** As they are written: `1.10` is no number. */
function readVersions(node: Node | undefined): Versions {
  return Object.fromEntries(
    pairsOf(node).flatMap(({ key, value }) =>
      value.kind === 'scalar' && /^\d/.test(value.text) ? [[key.text, value.text] as const] : [],
    ),
  );
}

const severities: ReadonlySet<unknown> = new Set<SeverityChoice>([
  'off',
  'error',
  'warning',
  'information',
  'hint',
]);

/** What is none is as if it were not there; the schema says so. */
function readSeverity(node: Node | undefined): SeverityChoices {
  const pairs = pairsOf(node).map(({ key, value }) => [key.text, stringOf(value)?.text] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, SeverityChoice] => severities.has(pair[1])),
  );
}

/** The keys of the entries that an entry waits for; an id that no entry has is left out. */
export function needsOf(pipeline: PipelineModel, at: number): readonly string[] {
  const { entries } = pipeline;
  const written = entries[at]?.needs;
  if (written) return written.flatMap((need) => entries.find((entry) => entry.id === need.text)?.key ?? []);
  const before = entries[at - 1];
  return before ? [before.key] : [];
}

function readPipeline(pair: Pair): PipelineModel {
  const { key, value } = pair;
  const steps = value.kind === 'seq' ? value : get(value, 'steps');
  return {
    pair,
    name: key.text,
    title: textAt(value, 'title'),
    parameters: pairsOf(get(value, 'parameters')).map(readParameter),
    env: pairsOf(get(value, 'env')),
    entries: withKeys(itemsOf(steps).map(readEntry)),
  };
}

function readParameter({ key, value }: Pair): ParameterModel {
  return {
    name: key,
    node: value,
    type: textAt(value, 'type') ?? 'string',
    default: known(get(value, 'default')),
    options: itemsOf(get(value, 'options')).flatMap((item) => known(item) ?? []),
    description: textAt(value, 'description'),
  };
}

/** A value, be it an empty text. */
function known(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node : undefined;
}

function withKeys(entries: readonly Omit<Entry, 'key'>[]): readonly Entry[] {
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const count = (counts.get(entry.id) ?? 0) + 1;
    counts.set(entry.id, count);
    return { ...entry, key: count === 1 ? entry.id : `${entry.id}#${count}` };
  });
}

function readEntry(node: Node, at: number): Omit<Entry, 'key'> {
  const step = node.kind === 'scalar' ? slot(node) : slot(get(node, 'step'));
  const idNode = scalar(get(node, 'id'));
  return {
    node,
    id: idNode?.text ?? (step?.text || `step-${at + 1}`),
    idNode,
    step,
    run: get(node, 'run'),
    title: textAt(node, 'title'),
    needs: readNeeds(findPair(node, 'needs')?.value),
    cwd: scalar(get(node, 'cwd')),
    env: pairsOf(get(node, 'env')),
    options: pairsOf(get(node, 'with')),
    writes: itemsOf(get(node, 'writes')).flatMap((item) => scalar(item) ?? []),
    select: readTexts(get(node, 'select')),
    exclude: readTexts(get(node, 'exclude')),
    timeout: scalar(get(node, 'timeout')),
    retries: get(node, 'retries'),
    allowFailure: isTrue(get(node, 'allow-failure')),
  };
}

/** One text or several, an empty one where it is about to be typed. */
function readTexts(node: Node | undefined): readonly ScalarNode[] {
  return (node?.kind === 'seq' ? node.items : [node]).flatMap((each) => slot(each) ?? []);
}

function isTrue(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

function readNeeds(node: Node | undefined): readonly ScalarNode[] | undefined {
  if (!node) return undefined;
  if (node.kind === 'scalar') return [node];
  return itemsOf(node).filter((item) => item.kind === 'scalar');
}

function textAt(node: Node, key: string): string | undefined {
  return scalar(get(node, key))?.text;
}

function scalar(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && node.value !== null && node.text !== '' ? node : undefined;
}

/** A name, or the empty place where one is about to be typed. */
function slot(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && (typeof node.value === 'string' || node.value === null)
    ? node
    : undefined;
}
