import { folderOf } from '../core/path.ts';
import type { PathValue } from '../core/path-values.ts';
import type { Platform } from '../core/platform.ts';
import { touches } from '../core/span.ts';
import type { DocumentLink } from '../core/system.ts';
import { ownOf } from '../core/vocabulary.ts';
import { describeSpot, onHost, placeOfEnvFile, spotFrom, type Place, type Spot } from '../core/where.ts';

/** A path that is written for a tool which runs in a container, and where it leads. */
export interface ContainerPath extends PathValue {
  readonly services: readonly string[];
  readonly spot: Spot;
}

/** The paths of a file that its tool sees from inside a service; none where it runs here, or where nobody can tell. */
export function containerPaths(platform: Platform, path: string): readonly ContainerPath[] {
  const file = platform.parsed(path);
  const values = (file && platform.systemOf(path)?.paths?.(file)) ?? [];
  if (!file || values.length === 0) return [];
  const { root, marker, system } = file.project;
  const seen = marker === undefined ? { root: folderOf(path) } : { root, system };
  const place = placeOfEnvFile(path, seen, platform.facts);
  if (place.kind !== 'service') return [];
  const services = place.services.map(({ name }) => name);
  const lead = (text: string): Spot | undefined =>
    marker === undefined ? absolute(place, text) : spotFrom(place, root, text);
  const hosts = new Set(ownOf(platform.facts.of(path), 'network.address').map(({ span }) => span.start));
  return values.flatMap((value) => {
    // `db.example.org` looks like a file.
    const spot = hosts.has(value.span.start) ? undefined : lead(value.text);
    return spot ? [{ ...value, services, spot }] : [];
  });
}

/** What the path under the cursor is on this machine, as a line of Markdown. */
export function describePathAt(
  platform: Platform,
  path: string,
  offset: number,
): (PathValue & { readonly markdown: string }) | undefined {
  const found = containerPaths(platform, path).find(({ span }) => touches(span, offset));
  if (!found) return undefined;
  return {
    ...found,
    markdown: `In ${serviceList(found)} this is ${describeSpot(found.spot, platform.folders)}`,
  };
}

/** Links to the files of the workspace that such paths lead to. */
export function containerLinks(platform: Platform, path: string): readonly DocumentLink[] {
  return containerPaths(platform, path).flatMap((each) => {
    if (each.spot.at !== 'workspace') return [];
    const tooltip = `${describeSpot(each.spot, platform.folders)}, in ${serviceList(each)}`.replaceAll(
      '`',
      '',
    );
    return [{ span: each.span, target: each.spot.path, tooltip }];
  });
}

function absolute(place: Place, text: string): Spot | undefined {
  return text.startsWith('/') ? onHost(place, text) : undefined;
}

function serviceList({ services }: ContainerPath): string {
  const names = services.map((name) => `\`${name.replaceAll('`', '')}\``);
  return `the service${names.length > 1 ? 's' : ''} ${names.join(', ')}`;
}
