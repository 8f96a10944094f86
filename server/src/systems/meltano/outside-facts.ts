import type { Definition, Fact } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { get, type ScalarNode } from '../../core/tree.ts';
import { addressFact, worded } from '../../core/vocabulary.ts';
import { configOf } from './duckdb-files.ts';
import { scalarAt, type Plugin } from './model.ts';

/** What a plugin is told of the world outside of the project: hosts, and where dbt's project lies. */
export function outsideFacts(plugin: Configured, project: Project): readonly Fact[] {
  return [...hostOf(plugin, project), ...(transformProgram(plugin) ? foldersOf(plugin, project) : [])];
}

type Configured = Pick<Plugin, 'node' | 'name' | 'type'>;

function hostOf({ node, name }: Configured, { root }: Project): readonly Definition[] {
  const config = configOf(node);
  const host = scalarAt(config, 'host') ?? scalarAt(config, 'hostname');
  const port = get(config, 'port');
  if (!host) return [];
  const written = port?.kind === 'scalar' ? port.text : '';
  const opener = `the plugin \`${name.text.replaceAll('`', '')}\``;
  return addressFact(host, written, { project: root, system: 'meltano', opener });
}

/** The tool that a plugin runs transformations with. */
export function transformProgram({ type, node }: Configured): string | undefined {
  if (!mayTransform({ type })) return undefined;
  return ['name', 'inherit_from', 'namespace', 'executable']
    .map((key) => programNamed(scalarAt(node, key)?.text ?? ''))
    .find((program) => program !== undefined);
}

/** False where one look at the plugin's kind tells that it runs no transformations. */
export function mayTransform({ type }: Pick<Plugin, 'type'>): boolean {
  return type.key === 'utilities' || type.key === 'transformers';
}

/** The tool that a plugin of that name runs. */
export function programNamed(name: string): string | undefined {
  return /^(dbt)(?:$|[-_])/.exec(name)?.[1];
}

function foldersOf({ node, name }: Configured, { root }: Project): readonly Definition[] {
  const config = configOf(node);
  const opener = `the plugin \`${name.text.replaceAll('`', '')}\``;
  return (['project', 'profiles'] as const).flatMap((holds) => {
    const written = scalarAt(config, `${holds}_dir`);
    const path = written && folderIn(written);
    if (!written || path === undefined) return [];
    return [
      worded(
        'transform.wanted',
        { name: path, span: written.span, what: 'folder' },
        { project: root, system: 'meltano', path, holds, opener },
      ),
    ];
  });
}

/** Relative to the project, or absolute; undefined where a variable decides. */
export function folderIn({ text }: ScalarNode): string | undefined {
  const path = text.replace(/^\$\{?MELTANO_PROJECT_ROOT\}?/u, '.').replace(/\/+$/u, '');
  return path.includes('$') || path === '' ? undefined : path;
}
