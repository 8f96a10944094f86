/** A version as dbt compares it; `prerelease` is '' for a release. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: string;
}

/** `>=1.2.0`: how a version must compare with another one. */
export interface VersionSpec {
  readonly matcher: '=' | '>' | '>=' | '<' | '<=';
  readonly version: Version;
}

const number = '(0|[1-9]\\d*)';
const specPattern = new RegExp(
  `^(>=|>|<=|<|=)?${number}\\.${number}\\.${number}(?:-?((?:0|[1-9]\\d*|\\d*[a-zA-Z-][\\da-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][\\da-zA-Z-]*))*))?(?:\\+[\\da-zA-Z.-]*)?$`,
);

/** Reads one specification as dbt does: three numbers, no spaces; undefined for what dbt calls no semantic version. */
export function readVersionSpec(text: string): VersionSpec | undefined {
  const found = specPattern.exec(text);
  if (!found) return undefined;
  const [, matcher = '=', major, minor, patch, prerelease = ''] = found;
  const numbers = [Number(major), Number(minor), Number(patch)] as const;
  return { matcher: matcher as VersionSpec['matcher'], version: { numbers, prerelease } };
}

/** A version as Python packages write it, `1.12.0` or `2.0.0a4`; undefined where it is no such thing. */
export function readVersion(text: string): Version | undefined {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?[-.]?([a-z][a-z\d.]*)?/i.exec(text.trim());
  if (!found) return undefined;
  return {
    numbers: [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)],
    prerelease: (found[4] ?? '').toLowerCase(),
  };
}

/** True where the version fits all specifications. */
export function satisfies(version: Version, specs: readonly VersionSpec[]): boolean {
  return specs.every((spec) => {
    // A pre-release of what is just too high is too high itself.
    const own =
      spec.matcher === '<' && spec.version.prerelease === '' ? { ...version, prerelease: '' } : version;
    const order = compareVersions(own, spec.version);
    if (spec.matcher === '=') return order === 0;
    if (spec.matcher === '>') return order > 0;
    if (spec.matcher === '>=') return order >= 0;
    return spec.matcher === '<' ? order < 0 : order <= 0;
  });
}

/** False where no version at all can fit: `>=2.0.0` with `<1.0.0`. */
export function isSatisfiable(specs: readonly VersionSpec[]): boolean {
  return specs.every((lower) => {
    if (lower.matcher === '=') return satisfies(lower.version, specs);
    if (lower.matcher !== '>' && lower.matcher !== '>=') return true;
    return specs.every((upper) => {
      if (upper.matcher !== '<' && upper.matcher !== '<=') return true;
      const order = compareVersions(lower.version, upper.version);
      return order < 0 || (order === 0 && lower.matcher === '>=' && upper.matcher === '<=');
    });
  });
}

function compareVersions(a: Version, b: Version): number {
  for (const at of [0, 1, 2] as const) {
    if (a.numbers[at] !== b.numbers[at]) return a.numbers[at] - b.numbers[at];
  }
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === '') return 1;
  if (b.prerelease === '') return -1;
  return comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: string, b: string): number {
  const [own, other] = [a, b].map((text) => text.match(/\d+|[a-z-]+/gi) ?? []);
  for (let at = 0; at < Math.max(own!.length, other!.length); at++) {
    const [left, right] = [own![at] ?? '', other![at] ?? ''];
    if (left === right) continue;
    const isNumeric = /^\d+$/.test(left) && /^\d+$/.test(right);
    return isNumeric ? Number(left) - Number(right) : left < right ? -1 : 1;
  }
  return 0;
}
