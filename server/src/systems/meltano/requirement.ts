/**
 * What Python packaging says against a word that begins as a requirement does: `tap-x[csv]>=1.0,<2; python_version > '3.9'`.
 * undefined for a requirement; `unclear` for what it would refuse for a reason that only its grammar could tell.
 */
export function requirementFault(word: string): string | undefined {
  const parts = /^([A-Za-z\d](?:[\w.-]*[A-Za-z\d])?)\s*(\[[^\]]*\])?\s*([^;]*)(;.*)?$/su.exec(word);
  if (!parts) return unclear;
  const [, , extras, rest = '', marker] = parts;
  if (extras !== undefined && !extrasPattern.test(extras)) return unclear;
  // An address may hold anything, its own semicolons too.
  if (rest.startsWith('@')) return /^@\s*\S/u.test(rest) ? undefined : unclear;
  if (marker !== undefined && !markerStart.test(marker)) return unclear;
  return versionsFault(rest.trim());
}

/** That a word is no requirement, and no more. */
export const unclear = 'unclear';

const extrasPattern =
  /^\[\s*(?:[A-Za-z\d](?:[\w.-]*[A-Za-z\d])?(?:\s*,\s*[A-Za-z\d](?:[\w.-]*[A-Za-z\d])?)*)?\s*\]$/u;

/** A marker is a comparison, which begins with a variable of the environment or a text. */
const markerStart =
  /^;[\s(]*(?:["']|(?:python_(?:full_)?version|os[._]name|sys[._]platform|platform_(?:release|system|version|machine|python_implementation)|platform\.(?:version|machine|python_implementation)|python_implementation|implementation_(?:name|version)|extras?|dependency_groups)\b)/u;

function versionsFault(written: string): string | undefined {
  const isWrapped = written.startsWith('(');
  if (isWrapped !== written.endsWith(')')) return unclear;
  const text = isWrapped ? written.slice(1, -1).trim() : written;
  if (text === '') return undefined;
  const clauses = text.replace(/,\s*$/u, '').split(',');
  return clauses.map((clause) => clauseFault(clause.trim())).find((fault) => fault !== undefined);
}

/** PEP 440: an epoch, a release, and what comes before and after one. */
const release = /^v?(?:\d+!)?(\d+(?:\.\d+)*)/iu;
const suffix =
  /^(?:[-_.]?(?:alpha|a|beta|b|preview|pre|c|rc)[-_.]?\d*)?(?:[-_.]?(?:post|rev|r)[-_.]?\d*|-\d+)?(?:[-_.]?dev[-_.]?\d*)?(\+[a-z\d]+(?:[-_.][a-z\d]+)*)?$/iu;

function clauseFault(clause: string): string | undefined {
  const [, operator = '', version = ''] = /^([<>=!~]+)\s*(.*)$/su.exec(clause) ?? [];
  if (operator === '===') return /^[^\s;)]+$/u.test(version) ? undefined : unclear;
  const meant = meantBy[operator];
  if (meant !== undefined) return `\`${operator}\` compares no versions; write \`${meant}\``;
  if (!/^(?:==|!=|<=|>=|<|>|~=)$/u.test(operator)) return unclear;
  const isPrefix = version.endsWith('.*');
  const [whole = '', numbers = ''] = release.exec(version) ?? [];
  const end = suffix.exec(version.slice(whole.length, isPrefix ? -2 : undefined));
  if (whole === '' || !end) return unclear;
  const isExact = operator === '==' || operator === '!=';
  if (isPrefix && !isExact)
    return `\`.*\` goes with \`==\` and \`!=\` alone; write \`${operator}${version.slice(0, -2)}\``;
  if (operator === '~=' && !numbers.includes('.'))
    return `\`~=\` wants two numbers at least; write \`~=${version}.0\` or \`>=${version}\``;
  return end[1] !== undefined && !isExact
    ? `\`${end[1]}\` goes with \`==\` and \`!=\` alone; leave it out`
    : undefined;
}

/** What people write, by what Python packaging has in its place. */
const meantBy: Readonly<Record<string, string>> = { '=': '==', '=>': '>=', '=<': '<=', '=!': '!=' };
