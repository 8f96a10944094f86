import type { Rule } from '../../../core/rule.ts';
import { get, type Node } from '../../../core/tree.ts';
import type { PenstockModel } from '../model.ts';
import { splitCommand } from '../split-command.ts';

/**
 * A command is cut into words and started as it is. A quote without an end leaves no words, and what only a
 * shell understands reaches the program as a word: `run: dbt deps && dbt build`.
 */
export const unreadableCommand: Rule<PenstockModel> = {
  id: 'penstock/unreadable-command',
  severity: 'error',
  check({ model, source }, report) {
    for (const run of [...runsOfPipelines(model), ...runsOfChecks(model)]) {
      if (run?.kind !== 'scalar' || typeof run.value !== 'string') continue;
      const { words, shellSigns, openQuote } = splitCommand(run.text);
      const isVerbatim = source.slice(run.span) === run.text;
      if (openQuote !== undefined) {
        const start = run.span.start + openQuote;
        const at = isVerbatim ? { start, end: start + 1 } : run.span;
        report(at, 'this quote is never closed; close it, or write the command as a list of words');
      } else if (words.length === 0 && run.text !== '') {
        // Of what is not there at all the schema tells.
        report(run, 'this command is empty; name a program to run');
      }
      for (const { text, span } of shellSigns) {
        const at = isVerbatim
          ? { start: run.span.start + span.start, end: run.span.start + span.end }
          : run.span;
        report(
          at,
          `no shell runs this, so \`${text}\` reaches the program as it is; make it a step of its own, or run \`sh -c '…'\``,
          {
            severity: 'warning',
          },
        );
      }
    }
  },
};

function runsOfPipelines({ pipelines }: PenstockModel): readonly (Node | undefined)[] {
  return pipelines.flatMap(({ entries }) => entries.map(({ run }) => run));
}

function runsOfChecks({ checks }: PenstockModel): readonly (Node | undefined)[] {
  const runs = checks.flatMap(({ kinds }) => kinds.filter(({ key }) => key.text === 'run'));
  return runs.map(({ value }) => (value.kind === 'map' ? get(value, 'command') : value));
}
