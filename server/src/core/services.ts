import type { FactReader } from './fact-index.ts';
import type { Definition, Located } from './facts.ts';
import { resolvePath } from './path.ts';

/** Containers as facts tell of them, whichever file and tool describes them. */
export const serviceNamespace = 'container.service';
export const volumeNamespace = 'container.volume';
/** Files that another one reads as a part of itself, by their path (URI path): see `Inclusion`. */
export const includedNamespace = 'container.included';
/** What a rule between tools looks over whose findings rest on where things run (`where.ts`). */
export const whereNamespaces: readonly string[] = [serviceNamespace, includedNamespace, 'env'];

/** A service: one container, or several alike. Values of environment variables are not known here. */
export interface Service {
  readonly name: string;
  /** Services of one scope see each other by their names. */
  readonly scope: string;
  /** Where it is defined; several places where files are laid over each other, the strongest first. */
  readonly definitions: readonly Located<Definition>[];
  /** `meltano/meltano:v4.4`; undefined where it is built, or where a variable decides. */
  readonly image?: string;
  /** The folder that it is built from (URI path). */
  readonly build?: string;
  /** Undefined where the image decides. */
  readonly workingDir?: string;
  readonly mounts: readonly Mount[];
  readonly ports: readonly Port[];
  /** Ports that only other services reach. */
  readonly exposes: readonly number[];
  /** Names of variables that are set inside it, those of its files left out. */
  readonly environment: readonly string[];
  /** Files of variables (URI paths) that it is handed. */
  readonly envFiles: readonly string[];
  readonly dependsOn: readonly string[];
  readonly profiles: readonly string[];
  readonly containerName?: string;
  readonly hostname?: string;
  /** `host`, `none`, `service:x`; undefined where it has networks of its own. */
  readonly networkMode?: string;
  /** Empty: the default network of its scope. */
  readonly networks: readonly { readonly name: string; readonly aliases: readonly string[] }[];
}

export interface Mount {
  readonly kind: 'bind' | 'volume' | 'tmpfs';
  /**
   * Of a bind a URI path, of a volume its name; undefined where it has none, or where nobody can tell:
   * then `unknown` is true.
   */
  readonly source?: string;
  readonly unknown?: boolean;
  /** A posix path inside the container, without a slash at its end. */
  readonly target: string;
  readonly readOnly?: boolean;
  /** Variables whose defaults `source` is made with. */
  readonly variables?: readonly string[];
}

export interface Port {
  /** On the host; undefined where it is picked when the service starts, or where a variable decides. */
  readonly host?: number;
  readonly container: number;
  /** The host's address that it is bound to; all where absent. */
  readonly address?: string;
  readonly protocol?: 'udp';
}

/** The program that runs commands in services, for who must speak to it. */
export interface ServiceClient {
  readonly program: string;
  /** What it is called with before all else. */
  readonly words: readonly string[];
  /** Pages that tell how the program, and what understands these words, are installed. */
  readonly pages: { readonly program: string; readonly words: string };
}

/** How a file is included, as the data of a definition. */
export interface Inclusion extends Readonly<Record<string, string>> {
  /** The scope of the file that includes it. */
  readonly scope: string;
  /** What that file is, as in `ServiceData`. */
  readonly file: string;
  /** The folder (URI path) that its relative paths are taken from. */
  readonly folder: string;
}

/**
 * What a service's definition holds, for who writes it. Keys are left out where there is nothing to say. Paths of this
 * machine are as they are written: what they are taken from is told by `folder`, or by who includes the file.
 */
export type ServiceData = Partial<Record<keyof typeof asJson | keyof typeof asText, string>>;

const asText = {
  image: true,
  build: true,
  working_dir: true,
  container_name: true,
  hostname: true,
  network_mode: true,
  /** The folder (URI path) that paths are taken from. */
  folder: true,
  /** Key of the service that it takes over: `scope#name`. */
  extends: true,
  /** What there is to start it from: `image`, `build`, `provider`, or `unreadable`. */
  made: true,
  /** `on`, or `off` where the image's own is switched off. */
  healthcheck: true,
  /** `override` is laid over `main`; `other` counts only where neither is there. */
  file: true,
} as const;

const asJson = {
  mounts: true,
  ports: true,
  expose: true,
  environment: true,
  env_files: true,
  depends_on: true,
  profiles: true,
  networks: true,
} as const;

/** The names that other services reach it by, in small letters. */
export function hostNames({ name, hostname, containerName, networks }: Service): readonly string[] {
  const all = [name, hostname, containerName, ...networks.flatMap(({ aliases }) => aliases)];
  return all.flatMap((each) => each?.toLowerCase() ?? []);
}

/** Every service of the workspace, each as the files laid over each other make it. */
export function allServices(facts: FactReader): readonly Service[] {
  return [...servicesByScope(facts).values()].flat();
}

/** The services that see each other, by name. */
export function servicesOf(scope: string, facts: FactReader): readonly Service[] {
  return servicesByScope(facts).get(scope) ?? [];
}

/** The services of each scope: those of included files stand in the scope of the file that includes them. */
export function servicesByScope(facts: FactReader): ReadonlyMap<string, readonly Service[]> {
  const byScope = new Map<string, Part[]>();
  for (const definition of facts.all(serviceNamespace)) {
    const part = partOf(definition, facts);
    const same = byScope.get(part.scope);
    if (same) same.push(part);
    else byScope.set(part.scope, [part]);
  }
  return new Map([...byScope].map(([scope, parts]) => [scope, servicesFrom(parts, facts)]));
}

/** The definitions that make up a service with this one, the strongest first. */
export function definitionsWith(
  definition: Located<Definition>,
  facts: FactReader,
): readonly Located<Definition>[] {
  const { scope } = partOf(definition, facts);
  const services = servicesOf(scope, facts);
  return services.find(({ name }) => name === definition.name)?.definitions ?? [definition];
}

/** The scope that a file's services are in: that of the file that includes it, where there is one. */
export function scopeOfFile(path: string, own: string, facts: FactReader): string {
  return inclusionOf(path, facts)?.scope ?? own;
}

/** What one file says of a service. */
interface Part {
  readonly definition: Located<Definition>;
  readonly scope: string;
  readonly file: string | undefined;
  readonly isIncluded: boolean;
  readonly folder: string;
}

function partOf(definition: Located<Definition>, facts: FactReader): Part {
  const { data, path, scope } = definition;
  const own = {
    definition,
    scope,
    file: data?.['file'],
    isIncluded: false,
    folder: data?.['folder'] ?? scope,
  };
  const inclusion = inclusionOf(path, facts);
  // What is started by hand takes nothing away from a project that starts by itself.
  if (!inclusion || (inclusion.file === 'other' && own.file !== 'other')) return own;
  return { ...own, ...inclusion, isIncluded: true };
}

/** Who includes a file at last; where several do, one that starts by itself. */
function inclusionOf(
  path: string,
  facts: FactReader,
  seen: ReadonlySet<string> = new Set(),
): Inclusion | undefined {
  const all = facts.definitions({ namespace: includedNamespace, scope: '', name: path });
  const [first] = all.filter((each) => !seen.has(each.path)).toSorted(byIncluder);
  if (!first?.data) return undefined;
  const data = first.data as Inclusion;
  const above = inclusionOf(first.path, facts, new Set([...seen, path, first.path]));
  return above ? { ...above, folder: data.folder } : data;
}

function byIncluder(a: Located<Definition>, b: Located<Definition>): number {
  const [first, second] = [a, b].map(({ data }) => (data?.['file'] === 'other' ? 1 : 0));
  return first! - second! || (a.path < b.path ? -1 : 1);
}

function servicesFrom(all: readonly Part[], facts: FactReader): readonly Service[] {
  const byName = new Map<string, Part[]>();
  for (const part of inForce(all)) {
    const same = byName.get(part.definition.name);
    if (same) same.push(part);
    else byName.set(part.definition.name, [part]);
  }
  return [...byName.values()].map((parts) => serviceFrom(parts, facts));
}

/** Files of other names are started by hand; where a main file is there, it is what counts. */
function inForce(all: readonly Part[]): readonly Part[] {
  const main = all.filter(({ file }) => file !== 'other');
  return main.length > 0 ? main : all;
}

function serviceFrom(parts: readonly Part[], facts: FactReader): Service {
  const strength = ({ file, isIncluded }: Part): number => (isIncluded ? 2 : file === 'override' ? 0 : 1);
  const ordered = parts.toSorted((a, b) => strength(a) - strength(b));
  const { definition, scope } = ordered[0]!;
  const said = ordered.flatMap(({ definition: each, folder }) => [
    { ...each.data, folder },
    ...basesOf(each, facts),
  ]);
  const merged = merge(said);
  const mounts = merged.mounts.map((mount) => asSet(mount, facts));
  return {
    name: definition.name,
    scope,
    definitions: ordered.map((each) => each.definition),
    ...merged,
    mounts,
  };
}

/** A mount's source is made with the default of its variable, which does not count once somebody sets the variable. */
function asSet(mount: Mount, facts: FactReader): Mount {
  const isSet = mount.variables?.some((name) => facts.isDefined({ namespace: 'env', scope: '', name }));
  if (isSet !== true) return mount;
  const { kind, target } = mount;
  return { kind, target, unknown: true };
}

/** What a service takes over from others, the nearest first. */
function basesOf(definition: Definition, facts: FactReader): readonly Data[] {
  const found: Data[] = [];
  const seen = new Set([`${definition.scope}#${definition.name}`]);
  for (let next = definition.data?.['extends']; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const at = next.lastIndexOf('#');
    const key = { namespace: serviceNamespace, scope: next.slice(0, at), name: next.slice(at + 1) };
    const [base] = facts.definitions(key);
    if (base?.data) found.push(base.data);
    next = base?.data?.['extends'];
  }
  return found;
}

type Data = Readonly<Record<string, string>>;

/** Lays the parts over each other, the strongest first: single values from the first that has one, lists from all. */
function merge(parts: readonly Data[]): Omit<Service, 'name' | 'scope' | 'definitions'> {
  const text = (key: keyof typeof asText): string | undefined =>
    parts.find((part) => part[key] !== undefined)?.[key];
  const lists = (key: keyof typeof asJson): readonly unknown[] => parts.flatMap((part) => listIn(part, key));
  const [image, workingDir] = [text('image'), text('working_dir')];
  const builder = parts.find((part) => part['build'] !== undefined);
  const build = builder && inFolder(builder, builder['build']!);
  const [containerName, hostname, networkMode] = [
    text('container_name'),
    text('hostname'),
    text('network_mode'),
  ];
  return {
    ...(image === undefined ? {} : { image }),
    ...(build === undefined ? {} : { build }),
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(containerName === undefined ? {} : { containerName }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(networkMode === undefined ? {} : { networkMode }),
    mounts: firstOf(parts.flatMap(mountsIn), ({ target }) => target),
    ports: firstOf(lists('ports') as readonly Port[], (port) => JSON.stringify(port)),
    exposes: [...new Set(lists('expose') as readonly number[])],
    environment: [...new Set(lists('environment') as readonly string[])],
    envFiles: [
      ...new Set(
        parts.flatMap((part) => listIn(part, 'env_files').map((path) => inFolder(part, path as string))),
      ),
    ],
    dependsOn: [...new Set(lists('depends_on') as readonly string[])],
    profiles: [...new Set(lists('profiles') as readonly string[])],
    networks: firstOf(lists('networks') as Service['networks'], ({ name }) => name),
  };
}

function listIn(part: Data, key: keyof typeof asJson): readonly unknown[] {
  return part[key] === undefined ? [] : (JSON.parse(part[key]) as unknown[]);
}

function mountsIn(part: Data): readonly Mount[] {
  return (listIn(part, 'mounts') as readonly Mount[]).map((mount) =>
    mount.kind === 'bind' && mount.source !== undefined
      ? { ...mount, source: inFolder(part, mount.source) }
      : mount,
  );
}

function inFolder({ folder = '/' }: Data, path: string): string {
  return resolvePath(folder, path);
}

function firstOf<T>(all: readonly T[], keyOf: (each: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const each of all) if (!found.has(keyOf(each))) found.set(keyOf(each), each);
  return [...found.values()];
}
