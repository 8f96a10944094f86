import {
  emptyVariable,
  environmentFileNamespace,
  environmentNamespace,
  readVariableNamespace,
  templateNamespace,
  usesOfVariable,
  variableRead,
} from '../../core/environment.ts';
import type { Definition, Fact, Hole, Use } from '../../core/facts.ts';
import { baseName, folderOf } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { EnvFileKind } from './claim.ts';
import type { Dotenv, Variable } from './dotenv.ts';

/** What the files of one folder say together, under the names `asked` (templates) and `set`. */
export const folderNamespace = 'env.folder';

/** What a file says of variables: names alone. */
export function envFacts(source: SourceFile, kind: EnvFileKind, { variables }: Dotenv): readonly Fact[] {
  const names = variables.map(({ name }) => name);
  if (kind === 'template') {
    const asked = variables.map((each) => askedFor(each, source));
    return [...asked, folderFact(source, 'asked', names)];
  }
  const facts = variables.flatMap((variable): readonly Fact[] => [
    definitionOf(variable, source),
    ...variable.needs.flatMap(({ name, span }) => [
      ...usesOfVariable(name, span, 'unset-is-empty'),
      variableRead(name),
    ]),
    ...(kind === 'variables' ? asksWhoReads(variable.name) : []),
  ]);
  const isMain = baseName(source.path) === '.env';
  const hole = kind === 'script' ? elsewhere(source) : [];
  return [
    fileOf(source),
    ...facts,
    ...namesOf(names),
    folderFact(source, 'set', names),
    ...(isMain ? comparisons(source) : []),
    ...hole,
  ];
}

/** Under which names readers of a variable are known: its own, and those that stand for all that begin alike. */
export function readingsOf(name: string): readonly string[] {
  const parts = name.split('_');
  return [name, ...parts.slice(1).map((_part, at) => `${parts.slice(0, at + 1).join('_')}_*`)];
}

/** What `rules/unused-variable.ts` asks for. */
function asksWhoReads(variable: string): readonly Use[] {
  const at = { scope: '', span: { start: 0, end: 0 } } as const;
  return [
    ...readingsOf(variable).map((name): Use => {
      return { fact: 'use', namespaces: [readVariableNamespace], name, role: 'asked-for', ...at };
    }),
    { fact: 'use', namespaces: [templateNamespace], name: variable, role: 'asked-for', ...at },
  ];
}

/** The names of a file's variables as one, for rules that ask for names which their own file does not know. */
function namesOf(names: readonly string[]): readonly Definition[] {
  if (names.length === 0) return [];
  const data = { names: names.join(' ') };
  return [{ ...implicit, namespace: 'env.variables', scope: '', name: 'all', what: 'variables', data }];
}

/** A script may run others, which may set anything. */
function elsewhere({ path, text }: SourceFile): readonly Hole[] {
  if (
    !/^[ \t]*(?:\.|source|source_env|source_env_if_exists|source_up|source_url|eval|use)[ \t]+\S/m.test(text)
  )
    return [];
  const reason = `${baseName(path)} runs other scripts, so undefined variables are not checked`;
  return [{ fact: 'hole', namespace: environmentNamespace, scope: '', reason }];
}

/** The file itself, for those who are handed it. */
function fileOf({ path }: SourceFile): Definition {
  return {
    ...implicit,
    namespace: environmentFileNamespace,
    scope: '',
    name: path,
    what: 'file of variables',
  };
}

function definitionOf({ name, span, value }: Variable, { path }: SourceFile): Definition {
  return {
    fact: 'definition',
    namespace: environmentNamespace,
    scope: '',
    name,
    span,
    what: 'environment variable',
    about: `set in \`${baseName(path)}\``,
    // Only within one file does a second value push the first one out.
    group: path,
    // Of the value itself nothing is kept.
    ...(value === '' ? { data: { [emptyVariable]: 'yes' } } : {}),
  };
}

function askedFor({ name, span }: Variable, { path }: SourceFile): Definition {
  const head = { fact: 'definition', namespace: templateNamespace, scope: '', exclusive: false } as const;
  return { ...head, name, span, what: 'variable of a template', about: `asked for in \`${baseName(path)}\`` };
}

const implicit = {
  fact: 'definition',
  span: { start: 0, end: 0 },
  implicit: true,
  exclusive: false,
} as const;

function folderFact({ path, text }: SourceFile, name: 'asked' | 'set', names: readonly string[]): Definition {
  const data = {
    names: JSON.stringify([...new Set(names)]),
    ...(name === 'asked' ? { end: endOf(text) } : {}),
  };
  return {
    ...implicit,
    namespace: folderNamespace,
    scope: folderOf(path),
    name,
    what: 'variables of a folder',
    data,
  };
}

/** What `rules/template-contract.ts` asks for. */
function comparisons({ path, text }: SourceFile): readonly Use[] {
  return ['asked', 'set'].map((name) => ({
    fact: 'use',
    namespaces: [folderNamespace],
    scope: folderOf(path),
    name,
    span: { start: 0, end: 0 },
    role: 'compared',
    data: { end: endOf(text) },
  }));
}

/** Where a line may be added, `!` behind it where the last line is not closed. */
function endOf(text: string): string {
  return `${text.length}${text === '' || text.endsWith('\n') ? '' : '!'}`;
}
