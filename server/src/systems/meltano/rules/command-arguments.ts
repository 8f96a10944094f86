import type { Rule } from '../../../core/rule.ts';
import { get } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';
import { shellWords } from '../shell-words.ts';

/** Meltano cuts a command's arguments as a shell does, and the command ends before it begins where a quote stays open. */
export const commandArguments: Rule<MeltanoModel> = {
  id: 'meltano/unclosed-quote',
  severity: 'error',
  isLocal: true,
  check({ model }, report) {
    if (model.kind === 'lock') return;
    for (const { commands } of model.plugins) {
      for (const { key, value } of commands) {
        const args = value.kind === 'map' ? get(value, 'args') : value;
        if (args?.kind !== 'scalar' || typeof args.value !== 'string' || shellWords(args.text)) continue;
        report(args, `a quote in the arguments of \`${key.text}\` is never closed; close it`);
      }
    }
  },
};
