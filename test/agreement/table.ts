import { format, resolveConfig } from 'prettier';
import type { JudgedGroup, Judgement, Outcome } from './judge.ts';

/** What came of all kinds under one version of a tool. */
export interface Column {
  /** The oracle's. */
  readonly id: string;
  readonly title: string;
  readonly groups: readonly JudgedGroup[];
}

export interface Page {
  readonly path: string;
  /** `dbt`, in sentences. */
  readonly tool: string;
  readonly intro: string;
  /** How far the tool has got when it refuses a kind: `refuses when it compiles`. */
  readonly refusal: (judgement: Judgement) => string;
}

/** The page that is committed: counts, reasons and the table of kinds. */
export async function toMarkdown(columns: readonly Column[], page: Page): Promise<string> {
  const parts = [
    page.intro,
    counts(columns, page),
    reasons(columns, page),
    '## The kinds',
    ...tables(columns, page),
  ];
  return format(parts.join('\n\n'), { ...(await resolveConfig(page.path)), parser: 'markdown' });
}

const outcomes = (tool: string): readonly (readonly [Outcome, string])[] => [
  ['caught', `${tool} refuses, and Penstock reports it there`],
  ['earlier', `Penstock reports it before this ${tool} finds it`],
  ['beyond', `${tool} refuses, and Penstock leaves it to ${tool}, for a reason`],
  ['agreed', `${tool} accepts, and Penstock reports no error`],
  ['stricter', `this ${tool} lets pass what the other refuses, and Penstock reports an error`],
  ['missed', `${tool} refuses, and Penstock is silent`],
  ['misplaced', `${tool} refuses, and Penstock reports it elsewhere`],
  ['false alarm', `${tool} accepts what is odd, and Penstock reports an error`],
];

function counts(columns: readonly Column[], { tool }: Page): string {
  const head = row(['', ...columns.map(({ title }) => title)]);
  const rule = row(['---', ...columns.map(() => '--:')]);
  const all = row(['kinds', ...columns.map(({ groups }) => String(allOf(groups).length))]);
  const defects = row([
    `of them defects that this ${tool} refuses`,
    ...columns.map(({ groups }) => String(allOf(groups).filter(isRefusedDefect).length)),
  ]);
  const odd = row([
    'of them odd and valid',
    ...columns.map(({ groups }) => String(allOf(groups).filter(isValid).length)),
  ]);
  const rows = outcomes(tool).map(([outcome, meaning]) =>
    row([`**${outcome}**: ${meaning}`, ...columns.map(({ groups }) => String(count(groups, outcome)))]),
  );
  return ['## Counts', [head, rule, all, defects, odd, ...rows].join('\n')].join('\n\n');
}

function isRefusedDefect({ kind, answer }: Judgement): boolean {
  return kind.sort === 'defect' && answer.verdict === 'refused';
}

function isValid({ kind, answer }: Judgement): boolean {
  return kind.sort === 'odd' && answer.verdict !== 'refused';
}

function count(groups: readonly JudgedGroup[], outcome: Outcome): number {
  return allOf(groups).filter((judgement) => judgement.outcome === outcome).length;
}

/** What is not an error, and why; then what is. */
function reasons(columns: readonly Column[], { tool }: Page): string {
  const lines: string[] = [];
  for (const { id, title, groups } of columns) {
    const left = allOf(groups).filter(({ outcome }) => outcome === 'beyond');
    const wrong = allOf(groups).filter(({ outcome }) =>
      ['missed', 'misplaced', 'false alarm', 'stricter'].includes(outcome),
    );
    lines.push(`### ${title}`);
    if (left.length > 0) {
      lines.push(`Left to ${tool}:`);
      lines.push(left.map(({ kind }) => `- \`${kind.id}\`: ${kind.options.beyond?.[id]}`).join('\n'));
    }
    lines.push(wrong.length > 0 ? 'In disagreement:' : 'Nothing else is in disagreement.');
    if (wrong.length > 0)
      lines.push(wrong.map(({ kind, outcome }) => `- \`${kind.id}\`: ${outcome}`).join('\n'));
  }
  const depends = allOf(columns[0]!.groups).filter(({ kind }) => kind.options.depends !== undefined);
  lines.push('### Not errors, because it depends');
  lines.push(depends.map(({ kind }) => `- \`${kind.id}\`: ${kind.options.depends}`).join('\n'));
  return ['## Where Penstock says less', ...lines].join('\n\n');
}

function tables(columns: readonly Column[], page: Page): readonly string[] {
  return columns[0]!.groups.map(({ title, judgements }, group) => {
    const titles = columns.flatMap((column) => [column.title, 'Penstock']);
    const rows = judgements.map(({ kind }, index) => {
      const cells = columns.flatMap((column) => {
        const judgement = column.groups[group]!.judgements[index]!;
        return [said(judgement, page), done(judgement, page)];
      });
      return row([`\`${kind.id}\``, kind.sort === 'odd' ? `_${kind.title}_` : kind.title, ...cells]);
    });
    const head = [row(['kind', 'what', ...titles]), row(['---', '---', ...titles.map(() => '---')])];
    return [`### ${title}`, [...head, ...rows].join('\n')].join('\n\n');
  });
}

function said(judgement: Judgement, { refusal }: Page): string {
  const { verdict } = judgement.answer;
  if (verdict === 'accepted') return 'accepts';
  return verdict === 'warned' ? 'warns' : refusal(judgement);
}

function done({ outcome, relevant, kind }: Judgement, { tool }: Page): string {
  const codes = [...new Set(relevant.map(({ code, severity }) => shown(code, severity)))].join(', ');
  if (outcome === 'caught') return codes;
  if (outcome === 'earlier') return `${codes} (earlier)`;
  if (outcome === 'beyond') return codes === '' ? `left to ${tool}` : `${codes}, left to ${tool}`;
  if (outcome === 'agreed') return codes === '' ? (kind.sort === 'odd' ? '–' : 'silent') : codes;
  return codes === '' ? `**${outcome}**` : `**${outcome}**: ${codes}`;
}

function shown(code: string, severity: string): string {
  return severity === 'error' ? `\`${code}\`` : `\`${code}\` (${severity})`;
}

function allOf(groups: readonly JudgedGroup[]): readonly Judgement[] {
  return groups.flatMap(({ judgements }) => judgements);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
