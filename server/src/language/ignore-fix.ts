import { isInPythonString, scalarAt } from '../core/comment-at.ts';
import type { Finding, Fix } from '../core/finding.ts';
import { reasonWanted, type Suppression } from '../core/suppressions.ts';
import type { Claim, ParsedFile } from '../core/system.ts';

type Commented = Pick<ParsedFile, 'source' | 'claim' | 'tree'>;

/** About ignoring itself, and about what cannot be read, in which a comment would mean nothing. */
const notToIgnore = /^(?:penstock\/(?:unused-ignore|unknown-code|ignore-without-reason)|file\/.*)$/;

/**
 * The fix that leaves a finding out by a comment, whose reason is still to be written: on the line above it,
 * behind it in Markdown, or for the whole file where no comment can stand near. Undefined where the format has none.
 */
export function ignoreFix(
  finding: Finding,
  file: Commented,
  suppressions: readonly Suppression[],
): Fix | undefined {
  const { source, claim } = file;
  const { code } = finding;
  if (notToIgnore.test(code)) return undefined;
  const { line } = source.positionAt(finding.span.start);
  const place = placeFor(finding, line, file);
  if (!place) return undefined;
  const isForFile = place === 'file';
  const title = isForFile ? `Ignore \`${code}\` in this file` : `Ignore \`${code}\` here`;
  const at = (offset: number, newText: string): Fix => ({
    title,
    edits: [{ path: source.path, span: { start: offset, end: offset }, newText }],
    certain: false,
  });
  const known = suppressions.find(
    ({ about, codes }) => about === (isForFile ? 'file' : line) && codes.length > 0,
  );
  if (known) return at(known.codes.at(-1)!.span.end, `, ${code}`);
  const lineBreak = source.text.includes('\r\n') ? '\r\n' : '\n';
  const comment = comments[claim.format]!(
    `penstock: ignore${isForFile ? '-file' : ''} ${code} -- ${reasonWanted}`,
  );
  if (isForFile) return at(source.text.startsWith('\uFEFF') ? 1 : 0, `${comment}${lineBreak}`);
  const { start, end } = source.lineSpan(line)!;
  if (place === 'behind') return at(end, ` ${comment}`);
  const indent = /^[ \t]*/.exec(source.text.slice(start, end))![0];
  return at(start, `${indent}${comment}${lineBreak}`);
}

const hash = (said: string): string => `# ${said}`;

const comments: Readonly<Partial<Record<Claim['format'], (said: string) => string>>> = {
  yaml: hash,
  python: hash,
  dotenv: hash,
  text: hash,
  // SQL's own comments would mean nothing inside Jinja, and go to the warehouse.
  sql: (said) => `{# ${said} #}`,
  markdown: (said) => `<!-- ${said} -->`,
};

function placeFor(finding: Finding, line: number, file: Commented): 'above' | 'behind' | 'file' | undefined {
  const { source, claim, tree } = file;
  const { text } = source;
  if (!comments[claim.format]) return undefined;
  // A comment before front matter would end it.
  const canStandAtTop = claim.format !== 'markdown' || !text.startsWith('---');
  const whole = canStandAtTop ? 'file' : undefined;
  if (finding.span.end === 0) return whole;
  const { start, end } = source.lineSpan(line)!;
  if (claim.format === 'markdown')
    return text.slice(start, end).trimStart().startsWith('|') ? whole : 'behind';
  if (claim.format === 'yaml') {
    if (!tree) return undefined;
    const scalars = [scalarAt(tree, finding.span.start), scalarAt(tree, start)];
    const isInText = scalars.some(
      (scalar) =>
        scalar && (scalar.span.start < start || scalar.style === 'literal' || scalar.style === 'folded'),
    );
    return isInText ? whole : 'above';
  }
  if (claim.format === 'sql' && isInJinja(text, start)) return whole;
  return claim.format === 'python' && isInPythonString(text, start) ? whole : 'above';
}

function isInJinja(text: string, offset: number): boolean {
  return [
    ['{{', '}}'],
    ['{%', '%}'],
    ['{#', '#}'],
  ].some(([open, close]) => {
    const opened = text.lastIndexOf(open!, offset - 1);
    return opened >= 0 && offset > 0 && text.lastIndexOf(close!, offset - 1) < opened;
  });
}
