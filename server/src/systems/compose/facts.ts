import type { Fact, Hole, NameKey, Use } from '../../core/facts.ts';
import { folderOf } from '../../core/path.ts';
import type { ServiceData } from '../../core/services.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { get, itemsOf, type Node, type Pair, type ScalarNode } from '../../core/tree.ts';
import { serviceCheckFact } from './checks.ts';
import type { ComposeFileKind } from './claim.ts';
import { environmentFacts } from './environment-facts.ts';
import {
  envFileUse,
  fileFact,
  fileKey,
  fixedPath,
  includedUse,
  includeFacts,
  partUses,
  placesOnDisk,
  sharedNames,
} from './file-facts.ts';
import { envFilesOf, ifStarted, namesIn, textAt, textsIn, type ComposeModel } from './model.ts';
import { isPath, shortParts } from './mounts.ts';
import { namespaces, type Role } from './names.ts';
import { partSpan } from './part-span.ts';
import { aboutService, serviceData } from './service-data.ts';
import { downStep, serviceStep, stepDefinition, upStep } from './step-names.ts';

/** What a compose file says about names. Its folder is their scope: compose makes one project of a folder. */
export function composeFacts(
  source: SourceFile,
  tree: Node | undefined,
  { model, kind }: { readonly model: ComposeModel; readonly kind: ComposeFileKind },
): readonly Fact[] {
  return [...new ComposeFacts(source, model, kind).read(), ...environmentFacts(source, tree, model)];
}

/** While a file cannot be read whole, names that it may define stay unknown. */
export function unreadable(source: SourceFile): readonly Hole[] {
  return holesIn(
    folderOf(source.path),
    'a compose file of this folder cannot be read, so names are not checked; mend its YAML',
  );
}

function holesIn(scope: string, reason: string): readonly Hole[] {
  return sharedNames.map((namespace) => ({ fact: 'hole', namespace, scope, reason }));
}

class ComposeFacts {
  readonly #source: SourceFile;
  readonly #model: ComposeModel;
  readonly #kind: ComposeFileKind;
  readonly #scope: string;
  readonly #facts: Fact[] = [];
  /** The service whose text is being read. */
  #by: NameKey | undefined;
  #isMild = false;

  constructor(source: SourceFile, model: ComposeModel, kind: ComposeFileKind) {
    this.#source = source;
    this.#model = model;
    this.#kind = kind;
    this.#scope = folderOf(source.path);
  }

  read(): readonly Fact[] {
    for (const pair of this.#model.services) {
      const data = serviceData(pair.value, { folder: this.#scope, kind: this.#kind });
      this.#define(namespaces.service, pair, { data, about: aboutService(data) });
      this.#facts.push(serviceCheckFact(pair.key.text, this.#scope));
      // A file of another name may be included, and which one is, it cannot tell itself.
      this.#facts.push(stepDefinition(serviceStep(pair.key.text), pair.key.span, 'starts this service'));
      this.#service(pair);
    }
    for (const part of ['volume', 'network', 'secret', 'config', 'model'] as const)
      for (const pair of this.#model[`${part}s`]) this.#define(namespaces[part], pair, {});
    if (this.#kind === 'main') this.#main();
    this.#facts.push(
      fileFact(this.#source.path),
      includedUse(this.#source.path),
      ...includeFacts(this.#model.includes, { path: this.#source.path, kind: this.#kind }),
    );
    return this.#facts;
  }

  /** That the folder has a main file. */
  #main(): void {
    const start = { start: 0, end: 0 };
    for (const [name, about] of [
      [upStep, 'starts all services'],
      [downStep, 'stops and removes their containers'],
    ] as const)
      this.#facts.push(stepDefinition(name, start, about));
    this.#facts.push({
      fact: 'definition',
      ...this.#mainFile(),
      span: { start: 0, end: 0 },
      what: 'compose file',
      implicit: true,
      exclusive: false,
    });
  }

  #mainFile(): NameKey {
    return { namespace: namespaces.main, scope: this.#scope, name: 'main' };
  }

  #define(
    namespace: string,
    { key }: Pair,
    more: { readonly data?: ServiceData; readonly about?: string },
  ): void {
    this.#facts.push({
      fact: 'definition',
      namespace,
      scope: this.#scope,
      name: key.text,
      span: key.span,
      what: namespace.slice(namespace.indexOf('.') + 1),
      exclusive: false,
      ...(more.about ? { about: more.about } : {}),
      ...(more.data ? { data: more.data } : {}),
    });
  }

  #service({ key, value: service }: Pair): void {
    this.#by = { namespace: namespaces.service, scope: this.#scope, name: key.text };
    this.#isMild = ifStarted(service).severity !== undefined;
    const dependsOn = get(service, 'depends_on');
    for (const name of namesIn(dependsOn))
      this.#use(namespaces.service, name, 'depends-on', conditionOf(get(dependsOn, name.text)));
    for (const link of textsIn(get(service, 'links'))) this.#usePart(link, link.text.split(':')[0]!, 'link');
    for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'])
      this.#useOther(textAt(service, key), 'shares');
    for (const from of textsIn(get(service, 'volumes_from'))) {
      if (!from.text.startsWith('container:')) this.#usePart(from, from.text.split(':')[0]!, 'shares');
    }
    const contexts = get(get(service, 'build'), 'additional_contexts');
    for (const item of itemsOf(contexts)) if (item.kind === 'scalar') this.#useOther(item, 'context');
    if (contexts?.kind === 'map')
      for (const { value } of contexts.pairs) if (value.kind === 'scalar') this.#useOther(value, 'context');
    for (const name of namesIn(get(service, 'models'))) this.#use(namespaces.model, name, 'model');
    for (const file of envFilesOf(service)) this.#facts.push(...envFileUse(file, this.#scope));
    this.#facts.push(...placesOnDisk(service, this.#scope));
    this.#extends(get(service, 'extends'));
    for (const entry of itemsOf(get(service, 'volumes'))) this.#volume(entry);
    for (const name of namesIn(get(service, 'networks')))
      if (name.text !== 'default') this.#use(namespaces.network, name, 'network');
    for (const [key, role] of [
      ['secrets', 'secret'],
      ['configs', 'config'],
    ] as const)
      for (const entry of itemsOf(get(service, key))) this.#useSource(entry, role);
    for (const entry of itemsOf(get(get(service, 'build'), 'secrets'))) this.#useSource(entry, 'secret');
  }

  #volume(entry: Node): void {
    if (entry.kind === 'map') {
      const [type, name] = [textAt(entry, 'type'), textAt(entry, 'source')];
      if (type?.text === 'volume' && name) this.#use(namespaces.volume, name, 'volume');
    } else if (entry.kind === 'scalar') {
      const parts = shortParts(entry.text);
      const [name = ''] = parts;
      if (parts.length > 1 && !isPath(name) && !name.includes('$'))
        this.#usePart(entry, name, 'volume', namespaces.volume);
    }
  }

  #extends(node: Node | undefined): void {
    const name = node?.kind === 'scalar' ? node : textAt(node, 'service');
    if (!name) return;
    const file = textAt(node, 'file');
    const isShort = name === node && name.style === 'plain';
    if (!file) return this.#use(namespaces.service, name, 'extends', isShort ? { short: 'yes' } : undefined);
    const path = fixedPath(file, this.#scope);
    if (path === undefined) return;
    const within = fileKey(path);
    this.#facts.push(...partUses(path, file.span), {
      ...this.#useOf(namespaces.service, name, 'extends', folderOf(path)),
      within,
    });
  }

  #useSource(entry: Node, role: 'secret' | 'config'): void {
    const name = entry.kind === 'scalar' ? entry : textAt(entry, 'source');
    if (name) this.#use(namespaces[role], name, role);
  }

  /** `service:x`. */
  #useOther(node: ScalarNode | undefined, role: Role): void {
    if (node?.text.startsWith('service:')) this.#usePart(node, node.text.slice('service:'.length), role);
  }

  #use(namespace: string, node: ScalarNode, role: Role, data?: Use['data']): void {
    if (node.text.includes('$')) return;
    const use = this.#useOf(namespace, node, role, this.#scope);
    this.#facts.push(data ? { ...use, data: { ...use.data, ...data } } : use);
  }

  #usePart(node: ScalarNode, name: string, role: Role, namespace: string = namespaces.service): void {
    if (name.includes('$') || name === '') return;
    const span = partSpan(this.#source, node, name);
    this.#facts.push({ ...this.#useOf(namespace, node, role, this.#scope), name, span });
  }

  /** What a file that is started by hand lacks, another one may have that it is laid over. */
  #useOf(namespace: string, node: ScalarNode, role: Role, scope: string): Use {
    const isAlone = this.#kind === 'other' && this.#model.isWhole;
    const isSure = this.#kind !== 'other' || isAlone || role === 'extends';
    return {
      fact: 'use',
      namespaces: [namespace],
      scope,
      name: node.value === null ? '' : node.text,
      span: slotSpan(this.#source, node),
      role: isSure ? role : 'unsure',
      ...(this.#by ? { by: this.#by } : {}),
      ...(this.#isMild ? { data: { profile: 'yes' } } : {}),
      ...(this.#kind === 'other' ? { unless: this.#mainFile() } : {}),
    };
  }
}

/** What is waited for, and whether the service does without. */
function conditionOf(node: Node | undefined): Use['data'] {
  const [condition, required] = [textAt(node, 'condition')?.text, textAt(node, 'required')?.text];
  return { ...(condition ? { condition } : {}), ...(required ? { required } : {}) };
}
