import type { ToolVersion } from '../../core/system.ts';
import { itemsOf, stringOf, type Node } from '../../core/tree.ts';
import { readVersionSpec, satisfies, type Version, type VersionSpec } from './version-spec.ts';

/** Python distributions that are dbt, the first line's first. */
export const distributions: readonly string[] = ['dbt-core', 'dbt'];

/** Which dbt a project requires; counts where nothing tells which one it has. Of a range the newest minor counts, for that is what people install. */
export function requiredVersion(required: Node | undefined): ToolVersion | undefined {
  const specs = specsIn(required);
  const version = specs.length === 0 ? undefined : newest(specs);
  // Where the newest fits nothing is told by that.
  if (version === undefined || version.numbers[1] === newestMinor) return undefined;
  return { version: version.numbers.join('.'), source: 'from `require-dbt-version`' };
}

const newestMinor = 12;

/** Empty where something is computed or cannot be read. */
function specsIn(required: Node | undefined): readonly VersionSpec[] {
  const nodes = required?.kind === 'seq' ? itemsOf(required) : required ? [required] : [];
  const found = nodes.flatMap((node) => stringOf(node)?.text.split(',').map(readVersionSpec) ?? [undefined]);
  return found.every((spec) => spec !== undefined) ? found : [];
}

function newest(specs: readonly VersionSpec[]): Version | undefined {
  for (let minor = newestMinor; minor >= 0; minor--) {
    const found = fitting(1, minor, specs);
    if (found) return found;
  }
  return fitting(2, 0, specs);
}

/** A version of that line that fits: where bounds lie in it, one of them or the next. */
function fitting(major: number, minor: number, specs: readonly VersionSpec[]): Version | undefined {
  const patches = specs.flatMap(({ version: { numbers } }) =>
    numbers[0] === major && numbers[1] === minor ? [numbers[2], numbers[2] + 1] : [],
  );
  return [...patches, 0]
    .map((patch): Version => ({ numbers: [major, minor, patch], prerelease: '' }))
    .find((version) => satisfies(version, specs));
}
