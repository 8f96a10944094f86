import type { Definition, Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { touches } from '../../core/span.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import { blockDefinitions } from './block-definitions.ts';
import { materializations } from './builtins.ts';
import { findCalls, isMark, keyword, type Call } from './calls.ts';
import type { DbtFileKind, ResourcePlace } from './claim.ts';
import { dispatchedDefinitions } from './dispatched.ts';
import { withGuardedVars } from './guarded-vars.ts';
import { scanJinja, type JinjaBlock, type Token } from './jinja.ts';
import { opensBlock } from './jinja-syntax.ts';
import { layoutOf, mayBeDisabled, type DbtLayout } from './layout.ts';
import { localNames } from './locals.ts';
import { nearestMaterialization } from './materialization.ts';
import { ownerUse, usesOf, type CallPlace, type Role } from './references.ts';
import { microbatchUse, readConfig, termsDefinition, type SqlConfig } from './sql-config.ts';
import { modelStepNames } from './step-names.ts';
import { unlessSwitchedOff } from './switched-off.ts';

/** What a SQL file says of itself. */
export interface SqlModel {
  readonly kind: 'sql';
  readonly blocks: readonly JinjaBlock[];
  readonly calls: readonly PlacedCall[];
  readonly config: SqlConfig;
}

/** A call and what becomes of it: `outside` is where dbt does not look, `body` that of a macro or generic test. */
export interface PlacedCall extends Call {
  readonly at: Role | 'body' | 'outside';
  /** The snapshot in whose block it stands: such a file may have several. */
  readonly snapshot?: string;
}

const fileStart = { start: 0, end: 0 };

/** Reads a model, snapshot, singular test, analysis or macro file. */
export function parseSql(source: SourceFile, claim: Claim, project: Project): Parsed<SqlModel> {
  const { text } = source;
  const blocks = scanJinja(text);
  const kind = claim.kind as DbtFileKind;
  const place = claim.data as ResourcePlace;
  const { calls, members } = placeCalls(blocks, kind);
  const config = readConfig(calls);
  const isOff = config.mayBeDisabled || isOffByProject(kind, place, project);
  const found = halfTyped(
    withGuardedVars(uses(calls, members, { text, blocks, kind, project, isOff }), blocks),
    blocks,
  );
  const facts: Fact[] = [
    ...fileDefinitions(kind, place, config, { project, isOff }),
    ...blockDefinitions(text, blocks, { kind, place, project, isOff }),
    ...dispatchedDefinitions(calls, project),
    ...(kind === 'model' ? unlessSwitchedOff(found, place.name, project) : found),
    ...(kind === 'model' && !isOff ? microbatchUse(config, place.name, project) : []),
    ...(kind === 'model' ? termsDefinition(config, place.name, project) : []),
  ];
  return { model: { kind: 'sql', blocks, calls, config }, problems: [], facts };
}

/**
 * A name without its closing quote is not written to its end, nor is a call in a block that is not closed given all that
 * it will be: names are completed, and nobody misses them.
 */
function halfTyped(uses: readonly Use[], blocks: readonly JinjaBlock[]): readonly Use[] {
  const open = blocks.filter(({ isOpen, tokens }) => isOpen ?? tokens.some((token) => token.isOpen));
  if (open.length === 0) return uses;
  return uses.map((use): Use => {
    const block = open.find(({ span }) => touches(span, use.span.start));
    if (!block) return use;
    const { given, wrong, at: _, ...data } = use.data ?? {};
    const isCall = block.isOpen === true && (given !== undefined || wrong !== undefined);
    const isName = block.tokens.some((token) => token.isOpen && token.span.start === use.span.start);
    return isCall || isName ? { ...use, role: 'deferred', data } : use;
  });
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

/** What the file's own name defines. */
function fileDefinitions(
  kind: DbtFileKind,
  place: ResourcePlace,
  config: SqlConfig,
  { project, isOff }: { readonly project: Project; readonly isOff: boolean },
): readonly Definition[] {
  if (kind === 'model')
    return [modelDefinition(place, config, project, isOff), ...modelStepNames(place, project)];
  if (kind !== 'test' && kind !== 'analysis') return [];
  return [
    {
      fact: 'definition',
      namespace: kind === 'test' ? 'dbt.test' : 'dbt.analysis',
      scope: project.scope,
      name: place.name,
      span: fileStart,
      what: kind === 'test' ? 'singular test' : 'analysis',
      group: layoutOf(project).package,
      implicit: true,
      ...(isOff ? { exclusive: false } : {}),
    },
  ];
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
  const layout = layoutOf(project);
  const { package: own, materializations } = layout;
  const byFolder =
    what === 'model' && materialized === undefined && config.data?.['computed'] === undefined
      ? nearestMaterialization(materializations, [own, ...place.folders, place.name])
      : undefined;
  const data: Record<string, string> = {
    resource: what,
    folder: place.folders.join('/'),
    ...(materialized === undefined ? {} : { materialized }),
    ...(byFolder === undefined ? {} : { materializedByFolder: byFolder }),
    ...(what === 'model' && isRestricted(layout) ? { restricted: 'yes' } : {}),
    ...config.data,
  };
  // Of a package's models the project that installs it has the last word.
  if (project.vendored) delete data['off'];
  return {
    fact: 'definition',
    namespace: 'dbt.node',
    scope: project.scope,
    name: place.name,
    span: fileStart,
    what,
    group: own,
    implicit: true,
    ...(isOff ? { exclusive: false } : {}),
    ...(materialized === undefined ? {} : { about: `materialized as \`${materialized}\`` }),
    data,
  };
}

/** Where folders set the access of models, nothing is certain of it. */
function isRestricted({ restrictsAccess, configured }: DbtLayout): boolean {
  return restrictsAccess && !configured.models.has('access');
}

/** Blocks whose inside is read only when something holds, or when somebody calls it. */
const branches = new Set(['if', 'for', 'call']);
const callables = new Set(['macro', 'test', 'data_test', 'materialization']);
const openings = new Set([...branches, ...callables, 'snapshot', 'filter', 'set', 'block', 'with']);

/** `{{ a.b }}`: what `a` is must be known, also where nothing is called. */
interface PlacedMember {
  readonly owner: Token;
  readonly at: Role;
}

/** Every call of the file with the place it stands in, found once for all who look at calls, and members beside. */
function placeCalls(
  blocks: readonly JinjaBlock[],
  kind: DbtFileKind,
): { readonly calls: readonly PlacedCall[]; readonly members: readonly PlacedMember[] } {
  const found: PlacedCall[] = [];
  const members: PlacedMember[] = [];
  const open: string[] = [];
  let snapshot: string | undefined;
  for (const block of blocks) {
    const first = block.kind === 'statement' ? block.tokens[0]?.text : undefined;
    if (first?.startsWith('end')) {
      const at = open.lastIndexOf(first.slice(3));
      if (at >= 0) open.length = at;
      continue;
    }
    if (first === 'snapshot') snapshot = block.tokens[1]?.text;
    const within = snapshot !== undefined && open.includes('snapshot') ? { snapshot } : {};
    let at: PlacedCall['at'] | undefined;
    for (const call of findCalls(block.tokens))
      found.push({ ...call, at: (at ??= placeOf(open, block, kind)), ...within });
    if (isMember(block)) {
      at ??= placeOf(open, block, kind);
      if (at !== 'body' && at !== 'outside') members.push({ owner: block.tokens[0]!, at });
    }
    if (first !== undefined && openings.has(first) && opensBlock(block)) open.push(first);
  }
  return { calls: found, members };
}

function isMember({ kind, tokens }: JinjaBlock): boolean {
  const [owner, dot, member, next] = tokens;
  return (
    kind === 'expression' &&
    owner?.kind === 'name' &&
    isMark(dot, '.') &&
    member?.kind === 'name' &&
    !isMark(next, '(')
  );
}

function placeOf(open: readonly string[], block: JinjaBlock, kind: DbtFileKind): PlacedCall['at'] {
  if (open.some((each) => callables.has(each))) return 'body';
  if (callables.has(block.tokens[0]?.text ?? '') && block.kind === 'statement') return 'body';
  // Outside its macros and snapshots dbt reads nothing of such a file.
  if (kind === 'macro' || (kind === 'snapshot' && !open.includes('snapshot'))) return 'outside';
  if (open.some((each) => branches.has(each)) || isChoice(block)) return 'branch';
  return kind === 'test' ? 'test' : 'plain';
}

/** `a if b else c` and `a and b` leave something unread. */
function isChoice({ tokens }: JinjaBlock): boolean {
  return tokens.some(
    ({ kind, text }, at) =>
      kind === 'name' && ((at > 0 && text === 'if') || text === 'and' || text === 'or' || text === 'elif'),
  );
}

interface FileOfCalls {
  readonly text: string;
  readonly blocks: readonly JinjaBlock[];
  readonly kind: DbtFileKind;
  readonly project: Project;
  readonly isOff: boolean;
}

function uses(
  calls: readonly PlacedCall[],
  members: readonly PlacedMember[],
  file: FileOfCalls,
): readonly Use[] {
  const found: Use[] = [];
  let locals: ReadonlySet<string> | undefined;
  const knownHere = (): ReadonlySet<string> =>
    (locals ??= localNames(file.blocks, { isMacroFile: file.kind === 'macro' }));
  for (const call of calls) {
    const { at } = call;
    const isSilent = file.isOff || at === 'outside';
    const place: CallPlace = {
      role: isSilent || at === 'body' ? 'deferred' : at,
      late: isSilent ? 'deferred' : at,
      locals: knownHere,
    };
    const uses = usesOf(call, file.project, place);
    if (call.snapshot === undefined) found.push(...uses);
    else {
      const by = { namespace: 'dbt.node', scope: file.project.scope, name: call.snapshot };
      for (const use of uses) found.push({ ...use, by });
    }
    if (call.name.text === 'config' && call.owner === undefined)
      found.push(...hookUses(call, file, place), ...configUses(call, file.project, place.role));
  }
  for (const { owner, at } of members)
    if (!file.isOff) found.push(...ownerUse(owner, file.project, { role: at, late: at, locals: knownHere }));
  return found;
}

/** A group must be there, and a materialization is a macro. */
export function configUses(config: Call, project: Project, role: Role): readonly Use[] {
  const { scope } = project;
  const group = keyword(config, 'group')?.literal;
  const materialized = keyword(config, 'materialized')?.literal;
  const use = ({ text: name, span }: Token, namespace: string): Use => ({
    fact: 'use',
    namespaces: [namespace],
    scope,
    name,
    span,
    role,
  });
  return [
    ...(group ? [use(group, 'dbt.group')] : []),
    ...(materialized && !materializations.includes(materialized.text)
      ? [use(materialized, 'dbt.materialization')]
      : []),
  ];
}

const hooks = new Set(['pre_hook', 'post_hook']);

/** dbt renders hooks when it parses the model: what their strings refer to is what the model relies on. */
function hookUses(config: Call, { text, project }: FileOfCalls, place: CallPlace): readonly Use[] {
  return hookStrings(config).flatMap(({ span }) =>
    scanJinja(text, { from: span.start, to: span.end }).flatMap(({ tokens }) =>
      [...findCalls(tokens)].flatMap((call) => usesOf(call, project, place)),
    ),
  );
}

/** The strings of hooks that hold Jinja, but for those that escape something: their text is not what dbt reads. */
export function hookStrings(config: Call): readonly Token[] {
  return config.arguments.flatMap(({ keyword: name, words }) =>
    name !== undefined && hooks.has(name)
      ? words.filter(({ kind, text }) => kind === 'string' && text.includes('{') && !text.includes('\\'))
      : [],
  );
}
