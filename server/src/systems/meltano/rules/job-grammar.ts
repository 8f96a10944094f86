import type { Fix } from '../../../core/finding.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import { itemsOf, type Pair, type ScalarNode } from '../../../core/tree.ts';
import { blockNames, taskTexts, type Job, type MeltanoModel, type ProjectModel } from '../model.ts';
import { pluginTypes } from '../plugin-types.ts';
import { tokensOf, type Token } from '../tokens.ts';

/**
 * `meltano run` cuts a job's tasks at single spaces, joins them, and wants after each extractor any number of
 * mappings and then one loader. Anything else stops the run before its first block: `- tap-shop` alone.
 */
export const jobGrammar: Rule<MeltanoModel> = {
  id: 'meltano/job-grammar',
  severity: 'error',
  restsOn: ({ model }) =>
    model.kind === 'lock' ? [] : [...blockNames(model), ...model.jobs.map(({ node }) => node)],
  check({ model, source }, report) {
    if (model.kind === 'lock') return;
    const kindOf = blockKinds(model);
    const jobs = new Set(model.jobs.flatMap(({ name }) => name?.text ?? []));
    for (const job of model.jobs) {
      checkShape(job, source, report);
      const blocks: Block[] = [];
      for (const [task, item] of itemsOf(job.tasks).entries()) {
        for (const text of taskTexts(item)) {
          for (const token of checkText(source, text, report))
            blocks.push({ ...token, task, kind: kindOf(token.text) });
        }
      }
      checkSequence(blocks, source, report);
      for (const block of blocks) checkAmbiguous(block, jobs, report);
    }
  },
};

type BlockKind = 'extractor' | 'loader' | 'mapping' | 'mapper' | 'command' | 'unknown';

interface Block extends Token {
  readonly task: number;
  readonly kind: BlockKind;
}

/** What a name is, as far as this file tells; plugins of other files stay unknown. */
function blockKinds(model: ProjectModel): (block: string) => BlockKind {
  const kinds = new Map<string, BlockKind>();
  const note = (name: string, kind: BlockKind): void => {
    if (!kinds.has(name)) kinds.set(name, kind);
  };
  for (const type of pluginTypes) {
    for (const plugin of model.plugins) {
      if (plugin.type !== type) continue;
      const { what } = type;
      note(
        plugin.name.text,
        what === 'extractor' || what === 'loader' || what === 'mapper' ? what : 'command',
      );
      for (const mapping of plugin.mappings) note(mapping.text, 'mapping');
    }
  }
  return (block) => kinds.get(block.split(':')[0]!) ?? 'unknown';
}

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

/** Reports what no block can be called, and returns the rest. */
function checkText(source: SourceFile, text: ScalarNode, report: Report): readonly Token[] {
  if (text.value === null || text.text === '') {
    report(
      text,
      'this task is empty, and Meltano looks for a block without a name; name a plugin or remove the task',
    );
    return [];
  }
  if (typeof text.value !== 'string') {
    report(text, `\`${text.text}\` is not the name of a block; name plugins, parted by single spaces`);
    return [];
  }
  const tokens = tokensOf(source, text);
  const isSpaced = tokens.some((token) => token.text === '');
  if (isSpaced) {
    const isVerbatim = source.slice(text.span) === text.text;
    const edits = [{ path: source.path, span: text.span, newText: text.text.trim().replace(/ +/gu, ' ') }];
    report(
      text,
      'Meltano cuts a task at every single space and finds a block without a name here; leave one space between blocks and none at the ends',
      isVerbatim ? { fixes: [{ title: 'Leave single spaces', edits, certain: true }] } : {},
    );
  }
  return tokens.filter((token) => {
    if (/^[|>&]+$/u.test(token.text)) {
      report(
        token,
        `\`${token.text}\` is no block; name the blocks one after another, Meltano pipes an extractor into its loader by itself`,
      );
      return false;
    }
    if (/\s/u.test(token.text)) {
      report(token, 'a tab or line break does not part blocks for Meltano; put a single space between them');
      return false;
    }
    return token.text !== '';
  });
}

/** A plugin is looked for before a job, and the run stops where both are there. */
function checkAmbiguous(block: Block, jobs: ReadonlySet<string>, report: Report): void {
  if (block.kind === 'unknown' || !jobs.has(block.text)) return;
  report(
    block,
    `\`${block.text}\` names a job and a plugin, and Meltano does not choose; rename one of them`,
  );
}

/** Walks the joined tasks as `meltano run` does, up to the first fault or the first name that cannot be told. */
function checkSequence(blocks: readonly Block[], source: SourceFile, report: Report): void {
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]!;
    if (block.kind === 'unknown') return;
    if (block.kind === 'command') continue;
    if (block.kind !== 'extractor') {
      return report(
        block,
        `the ${block.kind} \`${block.text}\` does not follow an extractor; put an extractor before it`,
      );
    }
    const end = checkSet(blocks, at, source, report);
    if (end === undefined) return;
    at = end;
  }
}

/** Two tasks as one, where nothing but a line break and a dash parts them. */
function joined(before: Block, loader: Block, source: SourceFile): readonly Fix[] {
  const span = { start: before.span.end, end: loader.span.start };
  if (!/^[ \t]*\r?\n[ \t]*-[ ]+$/u.test(source.slice(span))) return [];
  const edits = [{ path: source.path, span, newText: ' ' }];
  return [{ title: `Put \`${before.text}\` and \`${loader.text}\` into one task`, edits, certain: false }];
}

/** Returns the index of the set's loader; undefined after a fault or where the rest cannot be told. */
function checkSet(
  blocks: readonly Block[],
  start: number,
  source: SourceFile,
  report: Report,
): number | undefined {
  const extractor = blocks[start]!;
  for (let at = start + 1; at < blocks.length; at++) {
    const block = blocks[at]!;
    if (block.kind === 'mapping') continue;
    if (block.kind === 'unknown') return undefined;
    if (block.kind === 'loader') {
      if (block.task !== extractor.task) {
        report(
          extractor,
          `\`${extractor.text}\` and its loader \`${block.text}\` stand in two tasks; put them into one, as \`meltano job set\` demands`,
          { severity: 'information', fixes: joined(blocks[at - 1]!, block, source) },
        );
      }
      return at;
    }
    if (block.kind === 'mapper')
      report(block, `\`${block.text}\` is a mapper; name one of its mappings instead`);
    else
      report(
        block,
        `\`${block.text}\` stands between the extractor \`${extractor.text}\` and its loader; only mappings may stand there`,
      );
    return undefined;
  }
  report(extractor, `the extractor \`${extractor.text}\` has no loader; name a loader behind it`);
  return undefined;
}
