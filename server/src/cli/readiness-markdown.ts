import type { CategoryReadiness } from '../readiness/roll-up.ts';
import { isCounted } from '../readiness/roll-up.ts';
import type { CheckReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import { countsText, endedText, marks, seenAt, stateText, waivedText } from './readiness-text.ts';
import type { ReadinessStyle } from './readiness.ts';

/** Markdown for a page, a comment or a job's summary. */
export function readinessMarkdown(snapshot: ReadinessSnapshot, style: ReadinessStyle): string {
  const { verdict, categories, checks, items, takenMs } = snapshot;
  const shown = checks.filter(isCounted);
  const contradicted = items.filter(({ standing }) => standing === 'ticked-but-failing');
  const proven = items.filter(({ standing }) => standing === 'open-but-proven');
  const blocks = [
    [`# ${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`],
    categories.length === 0
      ? []
      : table(['Category', 'Claimed', 'Proven', 'Level', 'Next level needs'], categories.map(categoryRow)),
    contradicted.length === 0
      ? []
      : [
          '## Ticked but failing',
          '',
          ...contradicted.map((item) => `- ${cell(item.title)}: ${codes(item.checks)}`),
        ],
    proven.length === 0
      ? []
      : ['## Open but proven', '', ...proven.map((item) => `- ${cell(item.title)}: ${codes(item.checks)}`)],
    shown.length === 0
      ? []
      : [
          `## Checks: ${countsText(snapshot.total)}`,
          '',
          ...table(
            ['', 'Check', 'Expected', 'Seen', 'Next'],
            shown.map((check) => checkRow(check, style, takenMs)),
          ),
        ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function checkRow(check: CheckReadiness, style: ReadinessStyle, nowMs: number): readonly string[] {
  const { id, state, expected, seen, next = '', waiver } = check;
  const ended = style.endedOf(check);
  const advice = waiver
    ? `waived ${waivedText(waiver)}`
    : [next, ended && `its waiver ${endedText(ended)}`].filter(Boolean).join('; ');
  return [
    `${marks[state]} ${stateText(state)}`,
    `\`${id}\``,
    cell(expected),
    cell(`${seen}${seenAt(check, style, nowMs)}`),
    cell(state === 'passed' ? '' : advice),
  ];
}

function categoryRow(read: CategoryReadiness): readonly string[] {
  const { category, claimed, level, needs, checks } = read;
  return [
    cell(category),
    claimed === undefined ? '–' : `${claimed} %`,
    checks.length === 0 ? '–' : countsText(read),
    level,
    cell(needs[0] ?? ''),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

/** One line of text in a table; it leads nowhere and shows no picture. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('](', ']\\(');
}

function codes(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(', ');
}
