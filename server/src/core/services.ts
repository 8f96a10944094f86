import type { FactReader } from './fact-index.ts';
import type { Definition, Located } from './facts.ts';

/** Containers as facts tell of them, whichever file and tool describes them. */
export const serviceNamespace = 'container.service';
export const volumeNamespace = 'container.volume';

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

/** What a service's definition holds, for who writes it. Keys are left out where there is nothing to say. */
export type ServiceData = Partial<Record<keyof typeof asJson | keyof typeof asText, string>>;

const asText = {
  image: true,
  build: true,
  working_dir: true,
  container_name: true,
  hostname: true,
  network_mode: true,
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

/** Every service of the workspace, each as the files laid over each other make it. */
export function allServices(facts: FactReader): readonly Service[] {
  const scopes = new Set<string>();
  for (const { scope } of facts.all(serviceNamespace)) scopes.add(scope);
  return [...scopes].flatMap((scope) => servicesOf(scope, facts));
}

/** The services that see each other, by name. */
export function servicesOf(scope: string, facts: FactReader): readonly Service[] {
  const byName = new Map<string, Located<Definition>[]>();
  for (const definition of inForce([...facts.all(serviceNamespace, scope)])) {
    const same = byName.get(definition.name);
    if (same) same.push(definition);
    else byName.set(definition.name, [definition]);
  }
  return [...byName.values()].map((definitions) => serviceFrom(definitions, facts));
}

/** Files of other names are started by hand; where a main file is there, it is what counts. */
function inForce(all: readonly Located<Definition>[]): readonly Located<Definition>[] {
  const main = all.filter(({ data }) => data?.['file'] !== 'other');
  return main.length > 0 ? main : all;
}

function serviceFrom(definitions: readonly Located<Definition>[], facts: FactReader): Service {
  const strength = ({ data }: Definition): number => (data?.['file'] === 'override' ? 0 : 1);
  const ordered = definitions.toSorted((a, b) => strength(a) - strength(b));
  const { name, scope } = ordered[0]!;
  const parts = ordered.flatMap((definition) => [definition.data ?? {}, ...basesOf(definition, facts)]);
  const merged = merge(parts);
  const mounts = merged.mounts.map((mount) => asSet(mount, facts));
  return { name, scope, definitions: ordered, ...merged, mounts };
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
  const lists = (key: keyof typeof asJson): readonly unknown[] =>
    parts.flatMap((part) => (part[key] === undefined ? [] : (JSON.parse(part[key]) as unknown[])));
  const [image, build, workingDir] = [text('image'), text('build'), text('working_dir')];
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
    mounts: firstOf(lists('mounts') as readonly Mount[], ({ target }) => target),
    ports: firstOf(lists('ports') as readonly Port[], (port) => JSON.stringify(port)),
    exposes: [...new Set(lists('expose') as readonly number[])],
    environment: [...new Set(lists('environment') as readonly string[])],
    envFiles: [...new Set(lists('env_files') as readonly string[])],
    dependsOn: [...new Set(lists('depends_on') as readonly string[])],
    profiles: [...new Set(lists('profiles') as readonly string[])],
    networks: firstOf(lists('networks') as Service['networks'], ({ name }) => name),
  };
}

function firstOf<T>(all: readonly T[], keyOf: (each: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const each of all) if (!found.has(keyOf(each))) found.set(keyOf(each), each);
  return [...found.values()];
}
