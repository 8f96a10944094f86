import type { Fix, TextEdit } from '../../../core/finding.ts';
import type { Report } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { Span } from '../../../core/span.ts';
import type { Node, ScalarNode } from '../../../core/tree.ts';
import type { DbtLayout } from '../layout.ts';
import type { DbtVersion } from '../version.ts';

/** What the checks of a properties file's entries look with. */
export interface Check {
  readonly source: SourceFile;
  readonly layout: DbtLayout;
  readonly version: DbtVersion;
  readonly report: Report;
}

export type Place = Span | { readonly span: Span };

/** What only dbt v2 refuses: told ahead to whom dbt v1 reads the project, refused where v2 does. */
export function refusedByV2(
  { report, version }: Pick<Check, 'report' | 'version'>,
  at: Place,
  message: string,
  fixes: readonly Fix[] = [],
): void {
  const code = 'dbt/refused-by-v2';
  report(at, message, { code, severity: version.major >= 2 ? 'error' : 'information', fixes });
}

/** What a schema minds, as the word of dbt v2. */
export function saidByV2(message: string): string {
  const advice = message.indexOf('; ');
  return advice < 0
    ? `${message}, says dbt v2; correct it`
    : `${message.slice(0, advice)}, says dbt v2${message.slice(advice)}`;
}

/** What dbt v1 warns of as deprecated and dbt v2 refuses. */
export function deprecated(
  { report, version }: Check,
  at: Place,
  message: string,
  fixes: readonly Fix[] = [],
): void {
  if (version.major >= 2) report(at, message, { code: 'dbt/refused-by-v2', severity: 'error', fixes });
  else report(at, message, { code: 'dbt/deprecated', severity: 'warning', tag: 'deprecated', fixes });
}

/** For what dbt v2 does not look into yet: what it refuses at once has a code of its own. */
export function mildly(report: Report): Report {
  return (at, message, more) =>
    report(
      at,
      message,
      more?.severity === 'error' && more.code !== 'dbt/refused-by-v2'
        ? { ...more, severity: 'warning' }
        : more,
    );
}

/** A value that Jinja computes may become anything. */
export function isTemplate(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && (node.text.includes('{{') || node.text.includes('{%'));
}

/** The scalar, where it is written plainly and says something. */
export function plainScalar(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && node.value !== null && !isTemplate(node) ? node : undefined;
}

/** Where a finding about a value stands: the value, or its key where it has none or several lines. */
export function placeOf(key: ScalarNode, value: Node): Span {
  if (value.kind !== 'scalar' || value.style === 'literal' || value.style === 'folded') return key.span;
  return value.span.end > value.span.start ? value.span : key.span;
}

export function fix(title: string, edits: readonly TextEdit[] | undefined, certain: boolean): readonly Fix[] {
  return edits && edits.length > 0 ? [{ title, edits, certain }] : [];
}

export function replacing(title: string, source: SourceFile, span: Span, newText: string): readonly Fix[] {
  return [{ title, edits: [{ path: source.path, span, newText }], certain: false }];
}

/** What a value is, for a sentence: `empty`, `a list`, `` `5` ``. */
export function kindOf(node: Node): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'seq') return 'a list';
  if (node.value === null) return 'empty';
  return `\`${node.text.length > 40 ? `${node.text.slice(0, 39)}…` : node.text}\``;
}
