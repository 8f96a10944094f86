import { environmentFileNamespace } from '../../core/environment.ts';
import { fileNamespace, type Definition, type Fact, type NameKey, type Use } from '../../core/facts.ts';
import { baseName, folderOf, resolvePath } from '../../core/path.ts';
import { includedNamespace, type Inclusion } from '../../core/services.ts';
import type { Span } from '../../core/span.ts';
import { get, itemsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import type { ComposeFileKind } from './claim.ts';
import { envFilesOf, ifStarted, textAt, textsIn, type EnvFile, type Include } from './model.ts';
import { namespaces } from './names.ts';
import { fill } from './template.ts';

const { main: _main, file: _file, ...named } = namespaces;

/** The namespaces whose names the files of a project share. */
export const sharedNames: readonly string[] = Object.values(named);

/** How a file on disk is used; what is not there is told by rules of their own. */
export type FileRole = 'part' | 'labels' | 'variables' | 'bind-source';

const start = { start: 0, end: 0 };

/** That the file is read, for who waits for it. */
export function fileFact(path: string): Definition {
  const head = { fact: 'definition', span: start, what: 'compose file' } as const;
  return { ...head, ...fileKey(path), exclusive: false, implicit: true };
}

export function fileKey(path: string): NameKey {
  return { namespace: namespaces.file, scope: '', name: path };
}

/** Where a path leads; undefined where a variable, or another machine, decides. */
export function fixedPath({ text }: ScalarNode, folder: string): string | undefined {
  const filled = fill(text);
  if (filled === undefined || filled.variables.length > 0 || /^(?:[a-z][a-z+]*:|git@|~)/u.test(filled.text))
    return undefined;
  return resolvePath(folder, filled.text);
}

/** That a compose file is made with another one. */
export function partUses(path: string, span: Span): readonly Use[] {
  return [use(fileNamespace, path, span, 'part'), use(namespaces.file, path, start, 'unsure')];
}

/** Who includes the file decides what its paths are taken from. */
export function includedUse(path: string): Use {
  return use(includedNamespace, path, start, 'unsure');
}

/** The compose files (URI paths) that one names as a part of itself. */
export function linkedFiles(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap((fact) =>
    fact.fact === 'use' && fact.namespaces[0] === namespaces.file ? [fact.name] : [],
  );
}

/** A file of variables that is handed to a service, or to what is included. */
export function envFileUse({ path, isRequired }: EnvFile, folder: string): readonly Use[] {
  const filled = fill(path.text);
  if (filled === undefined || filled.variables.length > 0) return [];
  const role = isRequired ? 'env-file' : 'optional-env-file';
  const found = use(environmentFileNamespace, resolvePath(folder, filled.text), path.span, role);
  return [{ ...found, data: { path: filled.text } }];
}

/** What a service needs to be on disk: files of labels and of variables, and sources of mounts that nobody may make. */
export function placesOnDisk(service: Node, folder: string): readonly Use[] {
  const data = ifStarted(service).severity === undefined ? {} : { data: { profile: 'yes' } };
  const found = (node: ScalarNode | undefined, role: FileRole): readonly Use[] =>
    onDisk(node, role, folder).map((each) => ({ ...each, ...data }));
  return [
    ...envFilesOf(service).flatMap(({ path }) => found(path, 'variables')),
    ...textsIn(get(service, 'label_file')).flatMap((node) => found(node, 'labels')),
    ...itemsOf(get(service, 'volumes')).flatMap((mount) =>
      isLeftAlone(mount) ? found(textAt(mount, 'source'), 'bind-source') : [],
    ),
  ];
}

function onDisk(node: ScalarNode | undefined, role: FileRole, folder: string): readonly Use[] {
  const path = node && fixedPath(node, folder);
  return node && path !== undefined ? [use(fileNamespace, path, node.span, role)] : [];
}

/** True for a mount whose source must be there: `create_host_path: false`. */
function isLeftAlone(mount: Node): boolean {
  const flag = get(get(mount, 'bind'), 'create_host_path');
  return textAt(mount, 'type')?.text === 'bind' && flag?.kind === 'scalar' && flag.value === false;
}

interface Includer {
  readonly path: string;
  readonly kind: ComposeFileKind;
}

/**
 * Compose reads what is included as a project of its own, in its own folder, and then makes one project of both:
 * each may name what the other defines.
 */
export function includeFacts(includes: readonly Include[], by: Includer): readonly Fact[] {
  return includes.flatMap((include) => factsOf(include, by));
}

function factsOf({ paths, directory, envFiles }: Include, { path: from, kind }: Includer): readonly Fact[] {
  const scope = folderOf(from);
  const [first] = paths;
  const firstPath = first && fixedPath(first, scope);
  const folder = directory ? fixedPath(directory, scope) : firstPath && folderOf(firstPath);
  const environment = envFiles.flatMap((path) => [
    ...envFileUse({ path, isRequired: true }, scope),
    ...onDisk(path, 'variables', scope),
  ]);
  const files = paths.flatMap((node): readonly Fact[] => {
    const path = fixedPath(node, scope);
    if (path === undefined || folder === undefined) return unknown(scope, node);
    const data: Inclusion = { scope, file: kind, folder };
    const inclusion: Definition = {
      fact: 'definition',
      namespace: includedNamespace,
      scope: '',
      name: path,
      span: node.span,
      what: 'included file',
      exclusive: false,
      implicit: true,
      data,
    };
    return [inclusion, ...partUses(path, node.span), ...shared(path, scope)];
  });
  return [...environment, ...files];
}

/** What both files define is had in both; of a file that is not read nobody knows. */
function shared(path: string, scope: string): readonly Fact[] {
  const folder = folderOf(path);
  const file = baseName(path);
  return sharedNames.flatMap((namespace): readonly Fact[] => [
    {
      fact: 'hole',
      namespace,
      scope,
      reason: `the compose file includes ${file}, which is not read, so names that it may define are not checked`,
      until: fileKey(path),
    },
    ...(folder === scope
      ? []
      : [
          { fact: 'hole', namespace, scope, reason: `${file} is included`, beyond: folder } as const,
          { fact: 'hole', namespace, scope: folder, reason: `${file} is included`, beyond: scope } as const,
        ]),
  ]);
}

function unknown(scope: string, { text }: ScalarNode): readonly Fact[] {
  const reason = `a compose file includes \`${text.replaceAll('`', '')}\`, which cannot be told from here, so names that it may define are not checked`;
  return sharedNames.map((namespace) => ({ fact: 'hole', namespace, scope, reason }));
}

function use(namespace: string, name: string, span: Span, role: string): Use {
  return { fact: 'use', namespaces: [namespace], scope: '', name, span, role };
}
