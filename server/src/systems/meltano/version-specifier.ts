/** One part of a version specifier as Python packaging writes it: `>=4.4`. */
interface Clause {
  readonly operator: string;
  readonly version: readonly number[];
  /** `==4.*` */
  readonly isPrefix: boolean;
}

/** A specifier's parts; undefined where Python packaging would refuse the text. */
export function readSpecifier(text: string): readonly Clause[] | undefined {
  const clauses: Clause[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const match =
      /^(~=|===?|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?([-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|post|dev)[-_.]?\d*)*$/i.exec(
        part,
      );
    if (!match) return undefined;
    const [, operator = '', version = '', star] = match;
    if (star && operator !== '==' && operator !== '!=') return undefined;
    const numbers = version.split('.').map(Number);
    if (operator === '~=' && numbers.length < 2) return undefined;
    clauses.push({ operator, version: numbers, isPrefix: star !== undefined });
  }
  return clauses;
}

/** Whether a released version fits. What is no plain release (`4.5.0rc1`) is taken for the release it leads to. */
export function fits(version: string, clauses: readonly Clause[]): boolean {
  const numbers = numbersOf(version);
  return clauses.every((clause) => fitsClause(numbers, clause));
}

/** The lowest release that a specifier names as good enough: `4.4` for `>=4.4,<5`. */
export function lowest(clauses: readonly Clause[]): string | undefined {
  const from = clauses.find(({ operator }) => ['~=', '==', '===', '>='].includes(operator));
  return from?.version.join('.');
}

function fitsClause(version: readonly number[], { operator, version: wanted, isPrefix }: Clause): boolean {
  const order = compare(isPrefix ? version.slice(0, wanted.length) : version, wanted);
  switch (operator) {
    case '~=':
      return order >= 0 && compare(version.slice(0, wanted.length - 1), wanted.slice(0, -1)) === 0;
    case '!=':
      return order !== 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    default:
      return order === 0;
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] {
  return (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '0').split('.').map(Number);
}
