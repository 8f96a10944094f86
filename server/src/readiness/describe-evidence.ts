import { ageText } from '../core/duration.ts';
import type { EvidenceState } from '../core/evidence.ts';
import { escapeMarkdown, messageMarkdown } from '../core/markdown-text.ts';
import type { ItemReadiness } from './item-standing.ts';
import { isAhead } from './settle.ts';
import type { CheckReadiness } from './snapshot.ts';

const marks: Readonly<Record<EvidenceState, string>> = {
  passed: '✓',
  failed: '✗',
  warning: '!',
  stale: '⌛',
  unknown: '?',
  'not-applicable': '–',
  waived: '~',
};

/** Who tells of evidence: what time it is, and how a place is written in Markdown. */
export interface Telling {
  readonly nowMs: number;
  readonly place: (where: string) => string;
}

/** What evidence says of a task or criterion, as Markdown; undefined where nothing is bound to it. */
export function describeItem(
  item: ItemReadiness,
  checks: readonly CheckReadiness[],
  telling: Telling,
): string | undefined {
  const own = checks.filter(({ id }) => item.checks.includes(id));
  if (own.length === 0) return undefined;
  const standing =
    item.standing === 'ticked-but-failing'
      ? ['**Ticked, but failing**']
      : item.standing === 'open-but-proven'
        ? ['**Open, but proven**']
        : [];
  return [...standing, ...own.map((check) => describeCheck(check, telling))].join('\n\n');
}

/** What was expected and seen, where and when, and what to do next, as Markdown. */
export function describeCheck(check: CheckReadiness, { nowMs, place }: Telling): string {
  const { id, state, expected, seen, where, sinceMs, checkedMs, next, waiver } = check;
  const from = sinceMs ?? checkedMs;
  const ageMs = from === undefined ? undefined : nowMs - from;
  const age =
    ageMs === undefined || isAhead(ageMs) ? '' : `, ${ageMs < 60_000 ? 'just now' : `${ageText(ageMs)} ago`}`;
  const at = where === undefined ? '' : ` · ${place(where)}`;
  const head = `${marks[state]} \`${id.replaceAll('`', '')}\`: ${messageMarkdown(seen)}${age}${at}`;
  const wanted = `expected: ${messageMarkdown(expected)}`;
  if (waiver) {
    const who = waiver.by === undefined ? '' : ` by ${escapeMarkdown(waiver.by)}`;
    return [head, wanted, `waived${who} until ${waiver.until}: ${escapeMarkdown(waiver.reason)}`].join(
      '  \n',
    );
  }
  return [
    head,
    wanted,
    ...(next === undefined || state === 'passed' ? [] : [`next: ${messageMarkdown(next)}`]),
  ].join('  \n');
}

/** The same in a line, for a lens: what is gravest of several. */
export function summaryOf(checks: readonly CheckReadiness[]): string {
  const [only, ...others] = checks;
  if (only && others.length === 0) return `${marks[only.state]} ${only.seen.split('\n', 1)[0]!.slice(0, 80)}`;
  const passed = checks.filter(({ state }) => state === 'passed').length;
  const failed = checks.filter(({ state }) => state === 'failed').length;
  return `${failed > 0 ? '✗' : passed === checks.length ? '✓' : '?'} ${passed} of ${checks.length} checks passed`;
}
