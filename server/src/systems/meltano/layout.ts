import { baseName, relativeTo } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Layout, Project, ProjectPlace } from '../../core/system.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node } from '../../core/tree.ts';
import type { YamlResult } from '../../core/yaml/parse-yaml.ts';
import { readYamlFile } from '../../core/yaml/yaml-file.ts';
import { globToRegExp } from '../../core/glob.ts';
import { pluginType } from './plugin-types.ts';
import { requiredVersion } from './required-version.ts';

/** Meltano reads with ruamel: YAML 1.2, and a key that stands twice is refused. */
export const yamlOptions = { version: '1.2', duplicateKeys: 'refuse' } as const;

export function readYaml(source: SourceFile): YamlResult {
  return readYamlFile(source, yamlOptions);
}

/** The logging configuration is read with PyYAML. */
export const loggingYamlOptions = { version: '1.1', duplicateKeys: 'last' } as const;

/** What `meltano.yml` says of where the project's other files are. */
export interface MeltanoLayout {
  /** False for a plugin's definition that bears the name `meltano.yml`. */
  readonly isProject: boolean;
  readonly includes: readonly string[];
  /** Where Meltano looks for its logging configuration, relative to the project. */
  readonly logging: string;
  /** The environment that `.env` selects. */
  readonly selected?: string;
  /** Whether a variable that nobody sets is refused: `ff.strict_env_var_mode`. */
  readonly isStrict: boolean;
}

/** What is read beside `meltano.yml`: what selects the environment. */
export const layoutFiles = ['.env'];

export const openMeltanoProject = (
  marker: SourceFile,
  place: ProjectPlace,
  read: (name: string) => string,
): Layout => {
  const { tree } = readYaml(marker);
  const includes = itemsOf(findPair(tree, 'include_paths')?.value).flatMap(
    (item) => stringOf(item)?.text ?? [],
  );
  const dotenv = read('.env');
  const selected = setIn(dotenv, 'MELTANO_ENVIRONMENT') || undefined;
  // What `.env` says decides before what `meltano.yml` says.
  const strict = setIn(dotenv, `MELTANO_FF_${strictFlag.toUpperCase()}`) ?? strictInFile(tree);
  const data: MeltanoLayout = {
    isProject: !isPluginDefinition(tree),
    includes,
    logging: loggingFile(tree, place),
    isStrict: /^(?:true|1|yes|on)$/iu.test(strict ?? ''),
    ...(selected === undefined ? {} : { selected }),
  };
  const version = requiredVersion(stringOf(findPair(tree, 'requires_meltano')?.value)?.text);
  return { name: baseName(place.root), data, ...(version ? { version } : {}) };
};

export function claimMeltano(path: string, project: Project): Claim | undefined {
  const layout = project.data as MeltanoLayout | undefined;
  if (!layout?.isProject) return undefined;
  if (path === project.marker) return { kind: 'project', format: 'yaml', readsText: true, priority: 10 };
  const relative = relativeTo(project.root, path);
  if (relative.startsWith('.meltano/')) return undefined;
  if (lockOf(relative)) return { kind: 'lock', format: 'json', readsText: true, priority: 5 };
  if (layout.includes.some((pattern) => globToRegExp(pattern)?.test(relative))) {
    return { kind: 'included', format: 'yaml', readsText: true, priority: 8 };
  }
  if (relative === layout.logging) return { kind: 'logging', format: 'yaml', readsText: true, priority: 8 };
  return undefined;
}

/** The patterns of `include_paths` that match a file. */
export function patternsFor(path: string, project: Project): readonly string[] {
  const relative = relativeTo(project.root, path);
  const { includes } = project.data as MeltanoLayout;
  return includes.filter((pattern) => globToRegExp(pattern)?.test(relative));
}

export interface LockPlace {
  readonly type: string;
  readonly name: string;
  readonly variant: string;
}

/** What a lock file's path says, relative to the project: `plugins/<type>/<name>--<variant>.lock`. */
export function lockOf(relative: string): LockPlace | undefined {
  const match = /^plugins\/([^/]+)\/([^/]+?)--([^/]+)\.lock$/u.exec(relative);
  if (!match || !pluginType(match[1]!)) return undefined;
  return { type: match[1]!, name: match[2]!, variant: match[3]! };
}

const strictFlag = 'strict_env_var_mode';

function strictInFile(tree: Node | undefined): string | undefined {
  const node = get(get(tree, 'ff'), strictFlag) ?? get(tree, `ff.${strictFlag}`);
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** Where there is no `logging.yaml`, Meltano takes `logging.yml`, and the other way round. */
function loggingFile(tree: Node | undefined, { files }: ProjectPlace): string {
  const named = stringOf(get(get(tree, 'cli'), 'log_config') ?? get(tree, 'cli.log_config'))?.text;
  const file = (named ?? 'logging.yaml').replace(/^\.\//u, '');
  const other = /\.yaml$/iu.test(file) ? file.replace(/yaml$/iu, 'yml') : file.replace(/yml$/iu, 'yaml');
  return !files.has(file) && files.has(other) ? other : file;
}

/** What `.env` sets a setting of the project to. Such a value is no secret; what else `.env` says stays there. */
function setIn(dotenv: string, name: string): string | undefined {
  const line = new RegExp(
    String.raw`^[ \t]*(?:export[ \t]+)?${name}[ \t]*=[ \t]*(["']?)([^"'\s#]*)\1[ \t]*(?:#.*)?$`,
    'mu',
  );
  return line.exec(dotenv)?.[2];
}

/** Meltano Hub's own repository keeps a plugin's definition under this name; it describes one plugin and no project. */
function isPluginDefinition(tree: Node | undefined): boolean {
  const keys = new Set(pairsOf(tree).map((pair) => pair.key.text));
  const isOfPlugin =
    keys.has('name') && (keys.has('namespace') || keys.has('pip_url') || keys.has('settings'));
  return isOfPlugin && !projectKeys.some((key) => keys.has(key));
}

const projectKeys = [
  'plugins',
  'project_id',
  'default_environment',
  'environments',
  'jobs',
  'schedules',
  'include_paths',
];
