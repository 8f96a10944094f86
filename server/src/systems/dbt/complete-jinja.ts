import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import {
  contextFunction,
  contextNamesOf,
  dbtMacros,
  jinjaFilters,
  jinjaTests,
  materializations,
  membersOf,
} from './builtins.ts';
import { statements, wordsFor, wordsForStatement } from './builtin-words.ts';
import type { DbtFileKind } from './claim.ts';
import { completeVersions } from './complete-versions.ts';
import type { JinjaBlock } from './jinja.ts';
import { opensBlock } from './jinja-syntax.ts';
import { jinjaPlaceAt, type JinjaPlace } from './jinja-place.ts';
import { configKeys, configValues, sectionOf } from './known-config.ts';
import { adapterConfig, type AdapterConfig } from './adapter-config.ts';
import { layoutOf } from './layout.ts';
import { localNames } from './locals.ts';
import { readParameters, shownParameters, takenBy } from './parameters.ts';

/** What may stand at an offset in the Jinja of a SQL file; names in strings come from facts. */
export function completeJinja(file: ParsedFile, offset: number, facts: FactReader): readonly Suggestion[] {
  const { blocks } = file.model as { readonly blocks?: readonly JinjaBlock[] };
  const place = blocks && jinjaPlaceAt(file.source, blocks, offset);
  if (!place) return [];
  const { before, call, word, string } = place;
  const kind = file.claim.kind as DbtFileKind;
  const versions = call?.owner === undefined && completeVersions(place, facts, file.project.scope);
  if (versions) return versions;
  const isConfig = call?.name.text === 'config' && call.owner === undefined;
  if (string)
    return isConfig && call.keyword !== undefined ? valuesFor(kind, call.keyword, facts, file, word) : [];
  if (place.block.kind === 'statement' && before.length === 0) return statementsAt(blocks, place);
  const last = before.at(-1);
  if (last?.text === '.') return membersAt(file, place, facts);
  if (last?.text === '|') return jinjaFilters.map((label) => plain(label, word, 'filter'));
  if (last?.text === 'is' || (last?.text === 'not' && before.at(-2)?.text === 'is'))
    return jinjaTests.map((label) => plain(label, word, 'test'));
  if (isConfig && call.isFresh) return configAt(kind, call.given, word, adapterConfig(file.project, facts));
  if (isConfig && last?.text === '=' && call.keyword !== undefined)
    return valuesFor(kind, call.keyword, facts, file, word).map(quoted);
  return [...keywordsOf(place, facts, file), ...namesAt(file, blocks, place, facts)];
}

function plain(label: string, span: Span, detail: string): Suggestion {
  return { label, kind: 'value', span, detail };
}

/** Statements that can begin here, and the ends of what is open. */
function statementsAt(blocks: readonly JinjaBlock[], { block, word }: JinjaPlace): readonly Suggestion[] {
  const open: string[] = [];
  for (const each of blocks) {
    if (each === block) break;
    const name = each.kind === 'statement' ? each.tokens[0]?.text : undefined;
    if (name === undefined) continue;
    if (name.startsWith('end')) open.splice(Math.max(0, open.lastIndexOf(name.slice(3))));
    else if (
      opensBlock(each) &&
      statements.includes(name) &&
      !['do', 'else', 'elif', 'break', 'continue'].includes(name)
    )
      open.push(name);
  }
  const ends = open.length > 0 ? [`end${open.at(-1)!}`] : [];
  return [...ends, ...statements].map((label): Suggestion => {
    const documentation = wordsForStatement(label);
    return { label, kind: 'key', span: word, ...(documentation === undefined ? {} : { documentation }) };
  });
}

/** Members of dbt's own objects, and the macros of a package. */
function membersAt(file: ParsedFile, { before, word }: JinjaPlace, facts: FactReader): readonly Suggestion[] {
  const owner = before.at(-2);
  if (owner?.kind !== 'name' || before.at(-3)?.text === '.') return [];
  const members = membersOf(owner.text);
  if (members)
    return Object.entries(members).map(([name, parameters]) =>
      callable(name, parameters ?? undefined, word, wordsFor(`${owner.text}.${name}`)),
    );
  if (owner.text === 'dbt')
    return [...dbtMacros()].map(([name, parameters]) => callable(name, parameters, word, wordsFor(name)));
  return macrosOf(facts, file.project.scope, owner.text).map((macro) =>
    callable(macro.name, takenBy(macro.data), word, macro.about),
  );
}

/** Settings that are not given yet. */
export function configAt(
  kind: DbtFileKind,
  given: readonly string[],
  span: Span,
  adapter: AdapterConfig | undefined,
): readonly Suggestion[] {
  const known = configKeys(kind);
  const own = (adapter?.own ?? []).filter((key) => !known.some(({ name }) => name === key.name));
  return [...known, ...own.map((key) => ({ description: undefined, deprecated: false, ...key }))]
    .filter(({ name }) => !given.includes(name) && adapter?.isKey(name) !== false)
    .map(({ name, description, type, deprecated }): Suggestion => ({
      label: name,
      kind: 'key',
      span,
      insertText: `${name}=`,
      ...(type === undefined ? {} : { detail: deprecated ? `${type}, deprecated` : type }),
      ...(description === undefined ? {} : { documentation: description }),
    }));
}

export function valuesFor(
  kind: DbtFileKind,
  key: string,
  facts: FactReader,
  { project }: ParsedFile,
  span: Span,
): readonly Suggestion[] {
  const values = configValues(kind, key).filter(({ value }) => value !== 'unknown');
  const isModel = sectionOf(kind) === 'models';
  const adapter = isModel ? adapterConfig(project, facts) : undefined;
  const known = [...values.map(({ value }) => value), ...(key === 'materialized' ? materializations : [])];
  const own = key === 'materialized' ? [...facts.all('dbt.materialization', project.scope)] : [];
  const labels = new Set([
    ...known.filter((value) => adapter?.isValue(key, value) !== false),
    ...own.map(({ name }) => name),
  ]);
  return [...labels].map((label) => plain(label, span, key));
}

/** A value where no quote is written yet. */
export function quoted(suggestion: Suggestion): Suggestion {
  const { label } = suggestion;
  return label === 'true' || label === 'false' ? suggestion : { ...suggestion, insertText: `'${label}'` };
}

/** The parameters of the macro or function that is being called, as keywords. */
function keywordsOf({ call, word }: JinjaPlace, facts: FactReader, file: ParsedFile): readonly Suggestion[] {
  if (!call?.isFresh) return [];
  const parameters = parametersOfCall(call.name.text, call.owner, facts, file);
  if (parameters === undefined) return [];
  return readParameters(parameters)
    .named.slice(call.index)
    .filter(({ name }) => !call.given.includes(name))
    .map(({ name, default: value }): Suggestion => ({
      label: `${name}=`,
      kind: 'key',
      span: word,
      detail: value === undefined ? 'no default' : `default ${value}`,
    }));
}

/** What a call of this name takes, from whoever defines it; undefined where nobody is known to. */
export function parametersOfCall(
  name: string,
  owner: string | undefined,
  facts: FactReader,
  { project }: ParsedFile,
): string | undefined {
  const own = layoutOf(project).package;
  const key = { namespace: 'dbt.macro', scope: project.scope, name };
  const macro = facts.definitions(key).find(({ group }) => group === (owner ?? own));
  if (macro) return takenBy(macro.data);
  const builtin = [...dbtMacros()].find(([each]) => each === name)?.[1];
  if (owner === undefined) return contextFunction(name) ?? builtin;
  if (owner === 'dbt') return builtin;
  const members = membersOf(owner);
  return members && Object.hasOwn(members, name) ? (members[name] ?? undefined) : undefined;
}

/** Macros, dbt's own names and what the file itself names. */
function namesAt(
  { project, claim }: ParsedFile,
  blocks: readonly JinjaBlock[],
  { word }: JinjaPlace,
  facts: FactReader,
): readonly Suggestion[] {
  const own = layoutOf(project).package;
  const found = new Map<string, Suggestion>();
  const add = (suggestion: Suggestion): void => {
    if (!found.has(suggestion.label)) found.set(suggestion.label, suggestion);
  };
  for (const label of localNames(blocks, { isMacroFile: claim.kind === 'macro' }))
    add({ label, kind: 'name', span: word, detail: 'of this file' });
  for (const macro of macrosOf(facts, project.scope, own))
    add(callable(macro.name, takenBy(macro.data), word, macro.about, 'macro'));
  for (const { name } of facts.all('dbt.package', project.scope))
    if (name !== own) add({ label: name, kind: 'name', span: word, detail: 'package' });
  for (const label of contextNamesOf())
    add(callable(label, contextFunction(label), word, wordsFor(label), 'dbt'));
  for (const [label, parameters] of dbtMacros())
    add(callable(label, parameters, word, wordsFor(label), 'macro of dbt'));
  return [...found.values()];
}

function macrosOf(facts: FactReader, scope: string, owner: string): readonly Located<Definition>[] {
  return [...facts.all('dbt.macro', scope)].filter(({ what, group }) => what === 'macro' && group === owner);
}

/** A name, as a call with its required arguments where it takes any. */
function callable(
  label: string,
  parameters: string | undefined,
  span: Span,
  documentation: string | undefined,
  detail?: string,
): Suggestion {
  const told = {
    ...(documentation === undefined ? {} : { documentation }),
    ...(detail === undefined ? {} : { detail }),
  };
  if (parameters === undefined) return { label, kind: 'name', span, ...told };
  const { named } = readParameters(parameters);
  const required = named.filter((each) => each.default === undefined);
  const stops = required.map(({ name }, at) => `\${${at + 1}:${name}}`);
  const insertText = `${label}(${stops.length > 0 ? stops.join(', ') : named.length > 0 ? '$1' : ''})`;
  const shown = `(${shownParameters(parameters)})`;
  return {
    label,
    kind: 'snippet',
    span,
    ...told,
    insertText,
    detail: detail === undefined ? shown : `${detail} ${shown}`,
  };
}
