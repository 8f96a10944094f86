import { agoText } from '../ago.ts';
import type { CategoryView, CheckView, ItemView, ReadinessView } from '../protocol.ts';
import { provenText } from '../proven-text.ts';
import { checkLooks, checksText, checkStates, levelWords } from '../state-looks.ts';
import { timeText } from '../time-text.ts';
import { trendCharts } from '../trend-charts.ts';
import { untilText } from '../until-text.ts';

/** Readiness as a Markdown document, to be put beside the plan or into a message. */
export function reportMarkdown(view: ReadinessView): string {
  const { title, sentence, takenMs, checks, categories, waivers, blockers, risks } = view;
  const blocks = [
    [`# Readiness of ${cell(title)}`],
    [`**${cell(sentence)}**`],
    [`${timeText(takenMs)} · ${checksText(view)}`],
    section('Categories', [
      ...table(
        ['Category', 'Claimed', 'Proven', 'Level', 'The next level needs'],
        categories.map(categoryRow),
      ),
    ]),
    section('Claim and Evidence Differ', view.contradictions.map(itemLine)),
    section('Next Best', view.next.map(itemLine)),
    section(
      'Checks',
      table(
        ['State', 'Check', 'Expected', 'Seen', 'When', 'Next'],
        checks
          .toSorted((a, b) => checkStates.indexOf(a.state) - checkStates.indexOf(b.state))
          .map((check) => checkRow(check, takenMs)),
      ),
    ),
    section(
      'Blockers',
      blockers.map(({ text }) => `- ${cell(text)}`),
    ),
    section(
      'Risks',
      table(
        ['Risk', 'Impact', 'Probability', 'Mitigation'],
        risks.map((risk) => [
          cell(risk.text),
          cell(risk.impact ?? ''),
          cell(risk.probability ?? ''),
          cell(risk.mitigation ?? ''),
        ]),
      ),
    ),
    section(
      'Waivers',
      waivers.map(
        (waiver) =>
          `- \`${waiver.check}\`: ${cell(waiver.reason)}${waiver.by === undefined ? '' : ` (${cell(waiver.by)})`}, ${untilText(waiver)}`,
      ),
    ),
    section(
      'Trend',
      trendCharts(view.trend, takenMs).map(({ title: what, verb, points }) => {
        const [first, last] = [points[0]!, points.at(-1)!];
        return `- ${what}: ${last.done} of ${last.total} ${verb}; ${first.done} of ${first.total} at ${timeText(first.atMs)}`;
      }),
    ),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

function categoryRow(category: CategoryView): readonly string[] {
  const { name, claimed, level, needs } = category;
  return [
    cell(name),
    claimed === undefined ? '–' : `${claimed} %`,
    provenText(category),
    levelWords[level],
    cell(needs.join('; ')),
  ];
}

function checkRow(check: CheckView, nowMs: number): readonly string[] {
  const { state, title, expected, seen, where, sinceMs, checkedMs, next, waiver } = check;
  const at = sinceMs ?? checkedMs;
  return [
    `${checkLooks[state].mark} ${checkLooks[state].word}`,
    cell(title),
    cell(expected),
    cell(where === undefined ? seen : `${seen} (${where})`),
    at === undefined ? '' : agoText(at, nowMs),
    cell(waiver ? `waived ${untilText(waiver)}: ${waiver.reason}` : (next ?? '')),
  ];
}

function itemLine({ title, why }: ItemView): string {
  return `- ${cell(title)}: ${cell(why.join(' · '))}`;
}

/** Text of the workspace on one line, as it is; it leads nowhere and shows no picture. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('](', ']\\(');
}
