import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import { findCalls, keyword } from './calls.ts';
import type { DbtFileKind, ResourcePlace } from './claim.ts';
import { scanJinja, type JinjaBlock } from './jinja.ts';
import { layoutOf, mayBeDisabled } from './layout.ts';
import { usesIn, type Role } from './references.ts';
import { modelStepNames } from './step-names.ts';
import { unlessSwitchedOff } from './switched-off.ts';

/** What a SQL file says of itself. */
export interface SqlModel {
  readonly kind: 'sql';
  readonly blocks: readonly JinjaBlock[];
  readonly config: SqlConfig;
}

export interface SqlConfig {
  readonly materialized: string | undefined;
  /** True where `enabled` is set to anything but a plain `true`. */
  readonly mayBeDisabled: boolean;
}

const fileStart = { start: 0, end: 0 };

/** Reads a model, snapshot, singular test, analysis or macro file. */
export function parseSql(source: SourceFile, claim: Claim, project: Project): Parsed<SqlModel> {
  const blocks = scanJinja(source.text);
  const config = readConfig(blocks);
  const kind = claim.kind as DbtFileKind;
  const place = claim.data as ResourcePlace;
  const isOff = config.mayBeDisabled || isOffByProject(kind, place, project);
  const found = uses(blocks, kind, project, isOff);
  const facts: Fact[] = [
    ...(kind === 'model'
      ? [modelDefinition(place, config, project, isOff), ...modelStepNames(place, project)]
      : []),
    ...blockDefinitions(blocks, kind, place, project, isOff),
    ...(kind === 'model' ? unlessSwitchedOff(found, place.name, project) : found),
  ];
  return { model: { kind: 'sql', blocks, config }, problems: [], facts };
}

function isOffByProject(kind: DbtFileKind, place: ResourcePlace, project: Project): boolean {
  if (kind !== 'model' && kind !== 'snapshot') return false;
  return mayBeDisabled(
    layoutOf(project),
    kind === 'model' ? 'models' : 'snapshots',
    place.folders,
    place.name,
  );
}

/** The definition that a file's own name makes: a SQL or Python model, a seed. */
export function modelDefinition(
  place: ResourcePlace,
  config: SqlConfig,
  project: Project,
  isOff: boolean,
  what: 'model' | 'seed' = 'model',
): Definition {
  const { materialized } = config;
  return {
    fact: 'definition',
    namespace: 'dbt.node',
    scope: project.scope,
    name: place.name,
    span: fileStart,
    what,
    group: layoutOf(project).package,
    implicit: true,
    ...(isOff ? { exclusive: false } : {}),
    ...(materialized === undefined ? {} : { about: `materialized as \`${materialized}\`` }),
    data: {
      resource: what,
      folder: place.folders.join('/'),
      ...(materialized === undefined ? {} : { materialized }),
    },
  };
}

function readConfig(blocks: readonly JinjaBlock[]): SqlConfig {
  let materialized: string | undefined;
  let isOff = false;
  for (const { tokens } of blocks) {
    for (const call of findCalls(tokens)) {
      if (call.name.text !== 'config' || call.owner !== undefined) continue;
      materialized = keyword(call, 'materialized')?.literal?.text ?? materialized;
      const enabled = keyword(call, 'enabled');
      if (enabled && !isTrue(enabled.only?.text)) isOff = true;
    }
  }
  return { materialized, mayBeDisabled: isOff };
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === 'True';
}

/** Snapshots in snapshot files, macros and generic tests in macro files. */
function blockDefinitions(
  blocks: readonly JinjaBlock[],
  kind: DbtFileKind,
  place: ResourcePlace,
  project: Project,
  isOff: boolean,
): readonly Definition[] {
  if (kind !== 'snapshot' && kind !== 'macro') return [];
  const found: Definition[] = [];
  for (const block of blocks) {
    const [opening, name] = block.tokens;
    if (block.kind !== 'statement' || name?.kind !== 'name') continue;
    const common = {
      fact: 'definition',
      scope: project.scope,
      span: name.span,
      group: layoutOf(project).package,
    } as const;
    const folder = place.folders.join('/');
    if (kind === 'snapshot' && opening?.text === 'snapshot') {
      const data = { resource: 'snapshot', folder };
      found.push({
        ...common,
        namespace: 'dbt.node',
        name: name.text,
        what: 'snapshot',
        data,
        ...(isOff ? { exclusive: false } : {}),
      });
    } else if (kind === 'macro' && opening?.text === 'macro') {
      found.push({ ...common, namespace: 'dbt.macro', name: name.text, what: 'macro' });
    } else if (kind === 'macro' && (opening?.text === 'test' || opening?.text === 'data_test')) {
      found.push({
        ...common,
        namespace: 'dbt.macro',
        name: `test_${name.text}`,
        prefix: 'test_',
        what: 'generic test',
      });
    }
  }
  return found;
}

/** Blocks whose inside is read only when something holds, or when somebody calls it. */
const branches = new Set(['if', 'for', 'call']);
const callables = new Set(['macro', 'test', 'data_test', 'materialization']);
const openings = new Set([...branches, ...callables, 'snapshot', 'filter', 'set', 'block', 'with']);

function uses(
  blocks: readonly JinjaBlock[],
  kind: DbtFileKind,
  project: Project,
  isOff: boolean,
): readonly Use[] {
  const found: Use[] = [];
  const open: string[] = [];
  for (const block of blocks) {
    const first = block.kind === 'statement' ? block.tokens[0]?.text : undefined;
    if (first?.startsWith('end')) {
      const at = open.lastIndexOf(first.slice(3));
      if (at >= 0) open.length = at;
      continue;
    }
    found.push(...usesIn(block.tokens, project, isOff ? 'deferred' : roleIn(open, block, kind)));
    if (first !== undefined && openings.has(first) && !isAssignment(block)) open.push(first);
  }
  return found;
}

function roleIn(open: readonly string[], block: JinjaBlock, kind: DbtFileKind): Role {
  if (kind === 'macro' || open.some((each) => callables.has(each))) return 'deferred';
  // Outside its snapshots dbt reads nothing of such a file.
  if (kind === 'snapshot' && !open.includes('snapshot')) return 'deferred';
  if (kind === 'test') return 'test';
  return open.some((each) => branches.has(each)) || isChoice(block) ? 'branch' : 'plain';
}

/** `a if b else c` and `a and b` leave something unread. */
function isChoice({ tokens }: JinjaBlock): boolean {
  return tokens.some(
    ({ kind, text }, at) =>
      kind === 'name' && ((at > 0 && text === 'if') || text === 'and' || text === 'or' || text === 'elif'),
  );
}

/** `{% set x = 1 %}` opens nothing, `{% set x %}` does. */
function isAssignment({ tokens }: JinjaBlock): boolean {
  return tokens[0]?.text === 'set' && tokens.some((token) => token.kind === 'mark' && token.text === '=');
}
