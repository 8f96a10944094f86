import type { Definition, Fact, Use } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { isSecretKey } from '../../core/secret-key.ts';
import { SourceFile } from '../../core/source-file.ts';
import type { ParsedFile, Parsed, Project } from '../../core/system.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node, type Pair } from '../../core/tree.ts';
import { readYamlFile } from '../../core/yaml/yaml-file.ts';
import { worded } from '../../core/vocabulary.ts';
import { transformPlace } from './transform-place.ts';
import { layoutOf } from './layout.ts';
import { databaseOf } from './profile-database.ts';
import { hostOf } from './profile-hosts.ts';
import { adapterInUse } from './source-words.ts';
import { configUses, isTemplate, type RenderedFile } from './project-jinja.ts';
import type { YamlModel } from './properties.ts';
import { isBroken, readDbtYaml } from './yaml.ts';

/** That dbt_project.yml has flags: profiles.yml may not have them, too. */
export const projectFlagsKey = { namespace: 'dbt.flags-key', name: 'flags' } as const;

/** Reads a profiles.yml: profiles, their targets, and the DuckDB files those open. */
export function parseProfiles(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project);
  const model: YamlModel = { kind: 'yaml' };
  const reason = 'profiles.yml cannot be read, so the files that dbt opens are not known; mend its YAML';
  const hole = { fact: 'hole', namespace: 'duckdb.file', scope: project.root, reason } as const;
  const home = [transformPlace(source, 'profiles'), ...(isBroken(problems) ? [hole] : [])];
  if (!tree) return { model, problems, facts: home };
  const rendered = { text: source.text, project };
  const facts = profilesOf(tree).flatMap((pair): readonly Fact[] => [
    ...profileFacts(pair, project),
    ...outputUses(pair, rendered),
  ]);
  const config = findPair(tree, 'config');
  const flags = config ? flagsUses(config, project) : [];
  // Elsewhere it is one of several that dbt may be told to read.
  const isBeside = source.path === `${project.root}/profiles.yml` && !isBroken(problems);
  const adapters = isBeside ? adaptersOf(tree, project) : [];
  return { tree, model, problems, facts: [...home, ...facts, ...adapters, ...flags] };
}

/** The output that dbt takes when it is not told another; undefined where Jinja decides. */
export function selectedOutput(profile: Node): string | undefined {
  const pair = findPair(profile, 'target');
  if (!pair) return 'default';
  const target = stringOf(pair.value);
  return target && !isTemplate(target) ? target.text : undefined;
}

/** dbt renders the target, and of the outputs the selected one alone. */
function outputUses({ key, value }: Pair, rendered: RenderedFile): readonly Use[] {
  const isInUse = layoutOf(rendered.project).profile === key.text;
  const selected = selectedOutput(value);
  return [
    ...configUses(get(value, 'target'), rendered, { role: isInUse ? 'plain' : 'deferred', isSecret: true }),
    ...pairsOf(get(value, 'outputs')).flatMap((output) => {
      const role = isInUse && output.key.text === selected ? 'plain' : 'deferred';
      return configUses(output.value, rendered, { role, isSecret: true });
    }),
  ];
}

/** Flags may stand here or in dbt_project.yml. */
function flagsUses({ key, value }: Pair, { scope }: Project): readonly Use[] {
  if (pairsOf(value).length === 0) return [];
  const { namespace, name } = projectFlagsKey;
  return [{ fact: 'use', namespaces: [namespace], scope, name, span: key.span, role: 'deferred' }];
}

/** The profiles of the file; `config` was dbt's own section until 1.8. */
export function profilesOf(tree: Node | undefined): readonly Pair[] {
  return pairsOf(tree).filter((pair) => pair.key.text !== 'config' && pair.value.kind === 'map');
}

function profileFacts({ key, value }: Pair, project: Project): readonly Fact[] {
  const { scope } = project;
  const facts: Fact[] = [
    {
      fact: 'definition',
      namespace: 'dbt.profile',
      scope,
      name: key.text,
      span: key.span,
      what: 'profile',
      exclusive: false,
    },
  ];
  const prefix = `${key.text}.`;
  const target = stringOf(get(value, 'target'));
  const isPlain = target !== undefined && !target.text.includes('{{');
  // Without outputs it is those that are missing, not the target.
  if (isPlain && get(value, 'outputs')?.kind === 'map') {
    // dbt looks only into the profile it runs with.
    const role = layoutOf(project).profile === key.text ? 'plain' : 'branch';
    facts.push({
      fact: 'use',
      namespaces: ['dbt.target'],
      scope,
      name: prefix + target.text,
      prefix,
      span: target.span,
      role,
    });
  }
  const selected = isPlain ? target.text : 'default';
  for (const output of pairsOf(get(value, 'outputs'))) {
    const isSelected = output.key.text === selected && (target === undefined || isPlain);
    facts.push(targetDefinition(output, { project, profile: key.text, isSelected }));
    facts.push(...duckdbFiles(output, { project, profile: key.text, isSelected }));
    if (isSelected && layoutOf(project).profile === key.text)
      facts.push(...hostOf(output.value, project), ...databaseOf(output, project));
  }
  return facts;
}

function targetDefinition({ key, value }: Pair, { project, profile, isSelected }: OutputPlace): Definition {
  const type = stringOf(get(value, 'type'))?.text;
  const data = { ...(type === undefined ? {} : { type }), ...(isSelected ? { selected: 'true' } : {}) };
  return {
    fact: 'definition',
    namespace: 'dbt.target',
    scope: project.scope,
    name: `${profile}.${key.text}`,
    prefix: `${profile}.`,
    span: key.span,
    what: 'target',
    exclusive: false,
    ...(type === undefined ? {} : { about: `\`${type}\`` }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}

/** What the outputs of the profile in use connect with. */
function adaptersOf(tree: Node, project: Project): readonly Definition[] {
  const { scope } = project;
  const profile = get(tree, layoutOf(project).profile ?? '');
  if (!profile) return [];
  const selected = selectedOutput(profile);
  return pairsOf(get(profile, 'outputs')).map(({ key: { span, text }, value }) => {
    const type = stringOf(get(value, 'type'));
    const data = {
      ...(type && !isTemplate(type) ? { type: type.text } : {}),
      ...(text === selected ? { selected: 'yes' } : {}),
    };
    return {
      fact: 'definition',
      ...adapterInUse,
      scope,
      span,
      what: 'adapter',
      implicit: true,
      exclusive: false,
      data,
    };
  });
}

interface OutputPlace {
  readonly project: Project;
  readonly profile: string;
  readonly isSelected: boolean;
}

/** dbt takes a relative path from the folder it runs in: the project's, for the steps offered here. */
function duckdbFiles(
  { key, value }: Pair,
  { project, profile, isSelected }: OutputPlace,
): readonly Definition[] {
  if (stringOf(get(value, 'type'))?.text !== 'duckdb') return [];
  const attached = itemsOf(get(value, 'attach')).filter((each) => !isReadOnly(each));
  const paths = [get(value, 'path'), ...attached.map((each) => get(each, 'path'))];
  return paths.flatMap((path, at): readonly Definition[] => {
    const node = stringOf(path);
    const file = node && pathOf(node.text);
    if (!node || file === undefined) return [];
    const written = /^[a-zA-Z]:[\\/]/.test(file.path)
      ? `/${file.path[0]!.toLowerCase()}${file.path.slice(1).replaceAll('\\', '/')}`
      : file.path;
    const name = resolvePath(project.root, written);
    const isChosen = isSelected && layoutOf(project).profile === profile;
    return [
      worded(
        'duckdb.file',
        { name, span: node.span, what: 'DuckDB file' },
        {
          project: project.root,
          system: 'dbt',
          path: written,
          access: 'build',
          opener: 'dbt',
          base: 'the dbt project',
          environment: key.text,
          ...(isChosen ? {} : { chosen: 'no' }),
          ...(at > 0 ? { attached: 'yes' } : {}),
          ...(file.variable === undefined ? {} : { variable: file.variable }),
        },
        { profile, target: key.text, selected: String(isSelected) },
      ),
    ];
  });
}

function isReadOnly(attach: Node): boolean {
  const flag = get(attach, 'read_only');
  return flag?.kind === 'scalar' && flag.value === true;
}

/** The path as written, or what stands in for an environment variable that is not set; undefined where no file is. */
function pathOf(text: string): { readonly path: string; readonly variable?: string } | undefined {
  const found = /^\{\{\s*env_var\(\s*(['"])(\w+)\1\s*,\s*(['"])([^'"]+)\3\s*\)\s*\}\}$/.exec(text);
  const path = found?.[4] ?? text;
  if (path.includes('{{') || /^(:memory:|md:|motherduck:|[a-z][a-z0-9+]+:\/\/|~)/.test(path))
    return undefined;
  return found ? { path, variable: found[2]! } : { path };
}

/** What only connections call so: the id that goes with a secret, a certificate's key, what is sent to a token's endpoint. */
const ofConnections = /^(?:sslkey|(?:\w+_)?key_id|request_data)$/i;

/** `auth` is a way to sign in, such as `LDAP`; what is secret of DuckDB's `secrets` stands at keys in them. */
const isNone: ReadonlySet<string> = new Set(['auth', 'secrets']);

function isHidden(key: string): boolean {
  return !isNone.has(key) && (isSecretKey(key) || ofConnections.test(key));
}

/** Values of a profiles.yml that must not be shown: what stands at keys that hold secrets, and inside them. */
export function secretsOf(file: ParsedFile): readonly string[] {
  return file.claim.kind === 'profiles' ? secretsOfTree(file.tree) : [];
}

/** The same of the file that dbt reads from the user's home where a project has none. */
export function secretsAtHome(read: (path: string) => string): readonly string[] {
  return secretsOfTree(readYamlFile(new SourceFile('/profiles.yml', read('.dbt/profiles.yml')), yaml).tree);
}

const yaml = { version: '1.1', duplicateKeys: 'last' } as const;

function secretsOfTree(tree: Node | undefined): readonly string[] {
  const found = new Set<string>();
  for (const profile of tree ? profilesOf(tree) : []) {
    for (const output of pairsOf(findPair(profile.value, 'outputs')?.value))
      collectSecrets(output.value, false, found);
  }
  return [...found];
}

function collectSecrets(node: Node, isSecret: boolean, found: Set<string>): void {
  if (node.kind === 'map')
    for (const { key, value } of node.pairs) collectSecrets(value, isSecret || isHidden(key.text), found);
  else if (node.kind === 'seq') for (const item of node.items) collectSecrets(item, isSecret, found);
  else {
    const token =
      /[?&\s:](?:motherduck_token|password|token)=([^&\s]+)/i.exec(node.text)?.[1] ??
      /:\/\/[^:/\s]+:([^@\s]+)@/.exec(node.text)?.[1];
    if (token !== undefined && !token.includes('{{')) found.add(token);
    if (isSecret && node.value !== null && node.text.length > 2 && !node.text.includes('{{'))
      found.add(node.text);
  }
}
