import type { Definition } from '../../../core/facts.ts';
import type { Fix } from '../../../core/finding.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import { itemsOf } from '../../../core/tree.ts';
import { taskTexts, type Job, type MeltanoModel } from '../model.ts';
import { namespaces } from '../names.ts';
import { blockNamespaces, blocksOf, TaskBlocks, type BlockKind } from '../task-blocks.ts';
import { tokensOf, type Token } from '../tokens.ts';
import { mayBeBlock } from './job-grammar.ts';

/**
 * `meltano run` joins a job's tasks and wants after each extractor any number of mappings and then one loader. Anything
 * else stops the run before its first block: `- tap-shop` alone. Plugins may stand in other files than jobs.
 */
export const jobSequence: BetweenRule = {
  id: 'meltano/job-grammar',
  severity: 'error',
  over: [...blockNamespaces, namespaces.job],
  check(file, facts, report) {
    const jobs = file.facts.filter(
      (fact): fact is Definition => fact.fact === 'definition' && fact.namespace === namespaces.job,
    );
    if (jobs.length === 0) return;
    const blocks = new TaskBlocks(file.project.scope, facts);
    const isJob = (name: string): boolean =>
      facts.isDefined({ namespace: namespaces.job, scope: file.project.scope, name });
    const faultsOf = (names: readonly Placed[]): readonly Fault[] =>
      faultsIn(
        names.map(({ text, task }) => ({ text, task, kind: blocks.kindOf(text) })),
        isJob,
      );
    // Most jobs are sound, and facts tell so without the text.
    if (!jobs.some((job) => faultsOf(placedIn(job)).length > 0)) return;
    const parsed = file.parsed();
    const model = parsed?.model as MeltanoModel | undefined;
    if (!parsed || !model || model.kind === 'lock') return;
    const { source } = parsed;
    for (const job of model.jobs) {
      const tokens = tokensIn(job, source);
      for (const { at, message, to } of faultsOf(tokens))
        report(
          tokens[at]!,
          message,
          to === undefined
            ? {}
            : { severity: 'information', fixes: joined(tokens[to - 1]!, tokens[to]!, source) },
        );
    }
  },
};

interface Placed {
  readonly text: string;
  /** The task that it stands in. */
  readonly task: number;
}

interface Block extends Placed {
  readonly kind: BlockKind;
}

interface Fault {
  /** The block that it is told at. */
  readonly at: number;
  readonly message: string;
  /** Of what is only a matter of style: the block that should stand in the same task. */
  readonly to?: number;
}

/** The blocks as facts tell them. */
function placedIn(job: Definition): readonly Placed[] {
  const counts = (job.data?.['tasks'] ?? '').split(' ').map(Number);
  const tasks = counts.flatMap((count, task) => Array.from({ length: count }, () => task));
  return blocksOf(job).flatMap((text, at) => (mayBeBlock(text) ? [{ text, task: tasks[at] ?? 0 }] : []));
}

/** The same where they are written. */
function tokensIn({ tasks }: Job, source: SourceFile): readonly (Token & Placed)[] {
  return itemsOf(tasks).flatMap((item, task) =>
    taskTexts(item).flatMap((text) =>
      typeof text.value === 'string'
        ? tokensOf(source, text)
            .filter((token) => mayBeBlock(token.text))
            .map((token) => ({ ...token, task }))
        : [],
    ),
  );
}

function faultsIn(blocks: readonly Block[], isJob: (name: string) => boolean): readonly Fault[] {
  // A plugin is looked for before a job, and the run stops where both are there.
  const ambiguous = blocks.flatMap(({ kind, text }, at): readonly Fault[] =>
    kind === 'unknown' || !isJob(text)
      ? []
      : [
          {
            at,
            message: `\`${text}\` names a job and a plugin, and Meltano does not choose; rename one of them`,
          },
        ],
  );
  return [...sequenceFaults(blocks), ...ambiguous];
}

/** Walks the joined tasks as `meltano run` does, up to the first fault or the first name that cannot be told. */
function sequenceFaults(blocks: readonly Block[]): readonly Fault[] {
  const found: Fault[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const { kind, text } = blocks[at]!;
    if (kind === 'unknown') break;
    if (kind === 'command') continue;
    if (kind !== 'extractor') {
      const message = `the ${kind} \`${text}\` does not follow an extractor; put an extractor before it`;
      return [...found, { at, message }];
    }
    const { end, fault } = readSet(blocks, at);
    if (fault) found.push(fault);
    if (end === undefined) break;
    at = end;
  }
  return found;
}

/** An extractor and what follows it: where the set's loader stands; undefined after a fault or where the rest cannot be told. */
function readSet(blocks: readonly Block[], start: number): { readonly end?: number; readonly fault?: Fault } {
  const extractor = blocks[start]!;
  for (let at = start + 1; at < blocks.length; at++) {
    const { kind, text, task } = blocks[at]!;
    if (kind === 'mapping') continue;
    if (kind === 'unknown') return {};
    if (kind === 'loader') {
      if (task === extractor.task) return { end: at };
      const message = `\`${extractor.text}\` and its loader \`${text}\` stand in two tasks; put them into one, as \`meltano job set\` demands`;
      return { end: at, fault: { at: start, message, to: at } };
    }
    const message =
      kind === 'mapper'
        ? `\`${text}\` is a mapper; name one of its mappings instead`
        : `\`${text}\` stands between the extractor \`${extractor.text}\` and its loader; only mappings may stand there`;
    return { fault: { at, message } };
  }
  const message = `the extractor \`${extractor.text}\` has no loader; name a loader behind it`;
  return { fault: { at: start, message } };
}

/** Two tasks as one, where nothing but a line break and a dash parts them. */
function joined(before: Token, loader: Token, source: SourceFile): readonly Fix[] {
  const span = { start: before.span.end, end: loader.span.start };
  if (!/^[ \t]*\r?\n[ \t]*-[ ]+$/u.test(source.slice(span))) return [];
  const edits = [{ path: source.path, span, newText: ' ' }];
  return [{ title: `Put \`${before.text}\` and \`${loader.text}\` into one task`, edits, certain: false }];
}
