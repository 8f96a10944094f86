import type { Definition } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { get, type Node } from '../../core/tree.ts';
import { databaseFact } from '../../core/vocabulary.ts';
import { configOf } from './duckdb-files.ts';
import { scalarAt, type Plugin, type ProjectModel } from './model.ts';

type Keys = readonly (readonly string[])[];

/** The settings by which loaders find their database, the part that tells least last. */
const servers: Readonly<Record<string, Keys>> = {
  postgres: [['host'], ['port'], ['database', 'dbname']],
  redshift: [['host'], ['port'], ['database', 'dbname']],
  snowflake: [['account'], ['database']],
  bigquery: [['project', 'project_id']],
};

const ports: Readonly<Record<string, string>> = { postgres: '5432', redshift: '5439' };

/** The database of a server that a loader fills, its name '' where it cannot be told; none for other loaders. */
export function databaseFacts(model: ProjectModel, project: Project): readonly Definition[] {
  const loaders = model.plugins.filter(({ type }) => type.key === 'loaders');
  return loaders.flatMap((loader) => {
    const kind = kindOf(loader);
    if (kind === undefined) return [];
    const name = isToldElsewhere(loader, model) ? undefined : partsOf(configOf(loader.node), kind);
    return [
      databaseFact(kind, name, loader.name.span, {
        project: project.root,
        system: 'meltano',
        access: 'load',
        loader: loader.name.text,
        variables: variablesOf(loader, kind),
      }),
    ];
  });
}

/** The server that a loader writes to, by what it is called. */
export function kindOf({ node }: Plugin): string | undefined {
  const told = ['name', 'inherit_from', 'namespace', 'executable', 'pip_url', 'variant'];
  const texts = told.map((key) => scalarAt(node, key)?.text ?? '').join(' ');
  return Object.keys(servers).find((kind) => new RegExp(`target[-_]${kind}`, 'u').test(texts));
}

/** What an environment, a parent or one text for all of it says has the last word, or the first. */
function isToldElsewhere(loader: Plugin, { plugins, environments }: ProjectModel): boolean {
  const isOverridden = environments.some(({ plugins: own }) =>
    own.some(({ name }) => name.text === loader.name.text),
  );
  const hasHeirs = plugins.some(({ inheritFrom }) => inheritFrom?.text === loader.name.text);
  const isUrl = get(configOf(loader.node), 'sqlalchemy_url') !== undefined;
  return isOverridden || isUrl || hasHeirs || loader.inheritFrom !== undefined;
}

function partsOf(config: Node | undefined, kind: string): readonly string[] | undefined {
  const parts = servers[kind]!.map((keys) => {
    const node = keys.map((key) => get(config, key)).find((each) => each !== undefined);
    if (!node && keys[0] === 'port') return ports[kind];
    return node?.kind === 'scalar' && !node.text.includes('$') ? node.text : undefined;
  });
  return parts.every((part) => part !== undefined && part !== '') ? (parts as readonly string[]) : undefined;
}

/** Variables that Meltano heeds before its own file. */
function variablesOf({ name, node }: Plugin, kind: string): string {
  const prefixes = [name.text, scalarAt(node, 'namespace')?.text ?? ''].filter((each) => each !== '');
  const keys = [
    ...servers[kind]!.flat(),
    'sqlalchemy_url',
    'default_target_schema',
    'target_schema',
    'schema',
  ];
  const names = prefixes.flatMap((prefix) => keys.map((key) => `${prefix}_${key}`));
  return [...new Set(names.map((each) => each.replaceAll(/[^\w]/gu, '_').toUpperCase()))].join(' ');
}
