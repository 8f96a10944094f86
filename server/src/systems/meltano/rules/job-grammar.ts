import type { Fix } from '../../../core/finding.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { Pair, ScalarNode } from '../../../core/tree.ts';
import { taskTexts, type Job, type MeltanoModel } from '../model.ts';
import { tokensOf } from '../tokens.ts';

/**
 * `meltano run` cuts a job's tasks at single spaces and joins them. What it cannot read as names of blocks stops the run
 * before its first block: `- tap-shop  target-x`. How blocks must follow each other, `jobSequence` tells.
 */
export const jobGrammar: Rule<MeltanoModel> = {
  id: 'meltano/job-grammar',
  severity: 'error',
  restsOn: ({ model }) => (model.kind === 'lock' ? [] : model.jobs.map(({ node }) => node)),
  check({ model, source }, report) {
    if (model.kind === 'lock') return;
    for (const job of model.jobs) {
      checkShape(job, source, report);
      for (const text of taskTexts(job.tasks)) checkText(source, text, report);
    }
  },
};

/** Tasks that Meltano cannot read, or reads otherwise than they look. */
function checkShape({ tasks, name }: Job, source: SourceFile, report: Report): void {
  if (!tasks) return;
  if (tasks.kind === 'scalar') {
    const job = name ? ` of \`${name.text}\`` : '';
    if (typeof tasks.value === 'string')
      report(tasks, `the tasks${job} are a text, which Meltano reads letter by letter; make them a list`);
    else report(tasks, `the tasks${job} are no list; list them, each in a line of its own behind \`- \``);
    return;
  }
  if (tasks.kind === 'map') return report(tasks, 'tasks must be a list; write each behind `- `');
  for (const item of tasks.items) {
    if (item.kind === 'map') {
      const [pair] = item.pairs;
      const block = pair?.key.text ?? '';
      report(
        pair?.key ?? item,
        `Meltano runs \`${block}\` without what follows the colon; write plugin and command without a space, as in \`${block}:run\``,
        { severity: 'warning', fixes: pair ? withoutSpace(pair, source) : [] },
      );
    }
  }
}

function withoutSpace({ key, value }: Pair, source: SourceFile): readonly Fix[] {
  const span = { start: key.span.end, end: value.span.start };
  if (value.kind !== 'scalar' || value.style !== 'plain' || !/^:[ \t]+$/u.test(source.slice(span))) return [];
  const edits = [{ path: source.path, span, newText: ':' }];
  return [{ title: `Change to \`${key.text}:${value.text}\``, edits, certain: false }];
}

/** Reports what no block can be called. */
function checkText(source: SourceFile, text: ScalarNode, report: Report): void {
  if (text.value === null || text.text === '')
    return report(
      text,
      'this task is empty, and Meltano looks for a block without a name; name a plugin or remove the task',
    );
  if (typeof text.value !== 'string')
    return report(text, `\`${text.text}\` is not the name of a block; name plugins, parted by single spaces`);
  const tokens = tokensOf(source, text);
  if (tokens.some((token) => token.text === '')) {
    const isVerbatim = source.slice(text.span) === text.text;
    const edits = [{ path: source.path, span: text.span, newText: text.text.trim().replace(/ +/gu, ' ') }];
    report(
      text,
      'Meltano cuts a task at every single space and finds a block without a name here; leave one space between blocks and none at the ends',
      isVerbatim ? { fixes: [{ title: 'Leave single spaces', edits, certain: true }] } : {},
    );
  }
  for (const token of tokens) {
    if (isPipe(token.text))
      report(
        token,
        `\`${token.text}\` is no block; name the blocks one after another, Meltano pipes an extractor into its loader by itself`,
      );
    else if (/\s/u.test(token.text))
      report(token, 'a tab or line break does not part blocks for Meltano; put a single space between them');
  }
}

/** False for what `jobGrammar` reports by itself: it stands for no block. */
export function mayBeBlock(text: string): boolean {
  return text !== '' && !isPipe(text) && !/\s/u.test(text);
}

function isPipe(text: string): boolean {
  return /^[|>&]+$/u.test(text);
}
