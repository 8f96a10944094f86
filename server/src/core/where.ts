import type { FactReader } from './fact-index.ts';
import type { Definition } from './facts.ts';
import { baseName, isInside, relativeTo, resolvePath } from './path.ts';
import { allServices, type Service } from './services.ts';
import type { ToolVersion } from './system.ts';

/**
 * Where the tool of a project runs, and what its paths mean there, from facts alone.
 *
 * A platform whose `compose.yaml` says
 *
 *     services:
 *       meltano:
 *         image: meltano/meltano:v4.4
 *         working_dir: /project
 *         volumes:
 *           - ./meltano:/project
 *           - warehouse:/data
 *
 * runs the project in `/w/meltano` inside the service `meltano`. Seen from there
 *
 *     /project/extract/orders.csv   is   /w/meltano/extract/orders.csv
 *     extract/orders.csv            is the same
 *     /data/shop.duckdb             is   shop.duckdb in the volume `warehouse`
 *     /tmp/x                        is a file that only the container has
 *
 * Where services see a project with different eyes, or a variable decides, nothing is known, and whoever
 * asks stays silent.
 */
export type Place =
  /** No service sees the project: its tool runs on this machine. */
  | { readonly kind: 'here' }
  /** One of these services, which may be several that agree. Never empty. */
  | { readonly kind: 'service'; readonly services: readonly Service[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Where a path leads to. Two are one file when their keys are equal. */
export type Spot =
  /** `path` is a URI path on this machine. */
  | { readonly at: 'workspace'; readonly path: string }
  /** `path` is relative to the volume's root, '' for the root. */
  | { readonly at: 'volume'; readonly volume: string; readonly scope: string; readonly path: string }
  /** `path` is absolute; nobody but this service has the file. */
  | { readonly at: 'container'; readonly service: string; readonly scope: string; readonly path: string };

/** What makes a project one: its folder, and the system whose name may tell which service is meant. */
export interface Seen {
  readonly root: string;
  readonly system?: string;
}

/** Where the tool of a project runs. */
export function placeOf(project: Seen, facts: FactReader): Place {
  const all = allServices(facts);
  const seeing = all.filter((service) => sees(service, project.root));
  const meant = mostlyMeant(seeing, project.system);
  if (meant.length === 0) {
    const built = all.find((service) => isBuiltFrom(service, project));
    return built
      ? {
          kind: 'unknown',
          reason: `the service \`${built.name}\` is built from this folder, and what its image holds where is not known`,
        }
      : { kind: 'here' };
  }
  const inside = meant.map((service) => inContainerOf(service, project.root));
  if (new Set(inside).size > 1) {
    const names = meant.map(({ name }) => `\`${name}\``).join(', ');
    return { kind: 'unknown', reason: `${names} each see this folder under another path` };
  }
  return { kind: 'service', services: meant };
}

/** Where a container that is handed this file of variables sees paths; where its project runs when none is. */
export function placeOfEnvFile(path: string, project: Seen, facts: FactReader): Place {
  const handed = allServices(facts).filter(({ envFiles }) => envFiles.includes(path));
  return handed.length > 0 ? { kind: 'service', services: handed } : placeOf(project, facts);
}

/**
 * Where a path leads that is written for the tool: absolute, or relative to its working directory.
 * Undefined where that cannot be known. On this machine a relative path says nothing without its folder.
 */
export function onHost(place: Place, path: string): Spot | undefined {
  if (place.kind === 'unknown') return undefined;
  if (place.kind === 'here')
    return path.startsWith('/') ? { at: 'workspace', path: resolvePath('/', path) } : undefined;
  return agreed(
    place.services.map((service) => spotOf(service, path)),
    spotKey,
  );
}

/** How the tool sees a file of this machine: its path inside the container. Undefined where it does not, or nobody can tell. */
export function inContainer(place: Place, path: string): string | undefined {
  if (place.kind === 'unknown') return undefined;
  if (place.kind === 'here') return path;
  return agreed(
    place.services.map((service) => inContainerOf(service, path)),
    (each) => each,
  );
}

/** Where a path of a project's configuration leads that is absolute, or relative to the project's folder. */
export function spotIn(project: Seen, path: string, facts: FactReader): Spot | undefined {
  return spotFrom(placeOf(project, facts), project.root, path);
}

/** The same for who knows the place already. */
export function spotFrom(place: Place, root: string, path: string): Spot | undefined {
  const isOwn = isInside(path, root);
  if (path.startsWith('/') && !isOwn) return onHost(place, path);
  const relative = isOwn ? relativeTo(root, path) : path;
  if (place.kind !== 'service') return onHost(place, resolvePath(root, relative));
  const inside = inContainer(place, root);
  return inside === undefined ? undefined : onHost(place, resolvePath(inside, relative));
}

/** The version that the image of the project's service tells by its tag; undefined where there is none. */
export function imageVersion(project: Seen, facts: FactReader): ToolVersion | undefined {
  const place = placeOf(project, facts);
  if (place.kind !== 'service' || project.system === undefined) return undefined;
  const told = place.services.map(({ name, image = '' }) => {
    const { repository, tag } = imageParts(image);
    const version = /^v?(\d+(?:\.\d+)*)/u.exec(tag)?.[1];
    return version !== undefined && isWordIn(repository, project.system!) ? { version, name } : undefined;
  });
  const found = agreed(told, ({ version }) => version);
  return found && { version: found.version, source: `image of the service ${found.name}` };
}

/**
 * The file that a definition of files (`duckdb.file`) names, seen from where its project's tool runs.
 * Its `data` must hold `project`, the project's root, and may hold `system`, `path` as it is written, and
 * `variable`, whose default `path` is. Undefined where it cannot be known.
 */
export function resolvedFile(facts: FactReader, { name, data }: Definition): Spot | undefined {
  const { project, system, path, variable } = data ?? {};
  if (project === undefined) return { at: 'workspace', path: name };
  if (variable !== undefined && facts.isDefined({ namespace: 'env', scope: '', name: variable }))
    return undefined;
  return spotIn({ root: project, ...(system === undefined ? {} : { system }) }, path ?? name, facts);
}

/**
 * What to lock while a step writes the file that a definition names. Steps run on this machine, where the path
 * means what is written; where the tool is at home in a container it may be another file, which is locked as well.
 */
export function lockNames(facts: FactReader, definition: Definition): readonly string[] {
  const spot = resolvedFile(facts, definition);
  if (!spot || spotKey(spot) === definition.name) return [definition.name];
  return [definition.name, resolvePath('/', spotKey(spot))];
}

/** Whether two definitions name one file; undefined where that cannot be known. */
export function sameFile(facts: FactReader, a: Definition, b: Definition): boolean | undefined {
  const [one, other] = [resolvedFile(facts, a), resolvedFile(facts, b)];
  return one && other ? spotKey(one) === spotKey(other) : undefined;
}

/** Equal for what is one file. */
export function spotKey(spot: Spot): string {
  switch (spot.at) {
    case 'workspace':
      return spot.path;
    case 'volume':
      return `volume:${spot.scope}#${spot.volume}/${spot.path}`;
    case 'container':
      return `service:${spot.scope}#${spot.service}${spot.path}`;
  }
}

/** A spot for a person, in Markdown: `meltano/extract/orders.csv`, seen from the workspace folder around it. */
export function describeSpot(spot: Spot, folders: readonly string[]): string {
  if (spot.at === 'volume')
    return spot.path === ''
      ? `the volume ${code(spot.volume)}`
      : `${code(spot.path)} in the volume ${code(spot.volume)}`;
  if (spot.at === 'container') return `${code(spot.path)}, which only the container has`;
  const folder = folders.find((each) => isInside(spot.path, each));
  return code(folder === undefined ? spot.path : relativeTo(folder, spot.path) || '.');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}

/** True where a mount brings the folder into the container, and nothing else is mounted over it. */
function sees(service: Service, folder: string): boolean {
  return inContainerOf(service, folder) !== undefined;
}

function inContainerOf(service: Service, path: string): string | undefined {
  const covering = service.mounts
    .filter(({ kind, source }) => kind === 'bind' && source !== undefined && isInside(path, source))
    .toSorted((a, b) => b.source!.length - a.source!.length);
  for (const { source, target } of covering) {
    const inside = resolvePath(target, relativeTo(source!, path) || '.');
    const back = spotOf(service, inside);
    if (back?.at === 'workspace' && back.path === path) return inside;
  }
  return undefined;
}

/** The mount with the longest target holds a path, as the kernel has it. */
function spotOf(service: Service, path: string): Spot | undefined {
  if (!path.startsWith('/') && service.workingDir === undefined) return undefined;
  const inside = resolvePath(service.workingDir ?? '/', path);
  const [mount] = service.mounts
    .filter(({ target }) => isInside(inside, target))
    .toSorted((a, b) => b.target.length - a.target.length);
  const { scope } = service;
  if (!mount || mount.kind === 'tmpfs')
    return { at: 'container', service: service.name, scope, path: inside };
  const { source } = mount;
  if (source === undefined) {
    const isAnonymous = mount.kind === 'volume' && mount.unknown !== true;
    return isAnonymous ? { at: 'container', service: service.name, scope, path: inside } : undefined;
  }
  const rest = relativeTo(mount.target, inside);
  return mount.kind === 'bind'
    ? { at: 'workspace', path: resolvePath(source, rest || '.') }
    : { at: 'volume', volume: source, scope, path: rest };
}

/** Of several services the ones that bear the tool's name, where some do: others only look at its files. */
function mostlyMeant(services: readonly Service[], system: string | undefined): readonly Service[] {
  if (system === undefined || services.length < 2) return services;
  const named = services.filter((service) => bearsName(service, system));
  return named.length > 0 ? named : services;
}

function bearsName({ name, image = '', build }: Service, system: string): boolean {
  return [name, imageParts(image).repository, baseName(build ?? '')].some((text) => isWordIn(text, system));
}

function isWordIn(text: string, word: string): boolean {
  return new RegExp(`(?:^|[^a-z])${word}(?:$|[^a-z])`, 'iu').test(text);
}

/** `ghcr.io/x/meltano` and `v4.4` of `ghcr.io/x/meltano:v4.4@sha256:…`. */
function imageParts(image: string): { readonly repository: string; readonly tag: string } {
  const [name = ''] = image.split('@');
  const at = name.indexOf(':', name.lastIndexOf('/') + 1);
  return at < 0 ? { repository: name, tag: '' } : { repository: name.slice(0, at), tag: name.slice(at + 1) };
}

/** True for a service whose image most likely holds the project: built from its folder, or from around it under its name. */
function isBuiltFrom(service: Service, { root, system }: Seen): boolean {
  if (service.build === undefined) return false;
  if (service.build === root) return true;
  return isInside(root, service.build) && system !== undefined && bearsName(service, system);
}

/** What all say, where all say the same. */
function agreed<T>(all: readonly (T | undefined)[], keyOf: (each: T) => string): T | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  return all.every((each) => each !== undefined && keyOf(each) === keyOf(first)) ? first : undefined;
}
