import { parseAge, parseDuration } from '../../../core/duration.ts';
import type { Rule } from '../../../core/rule.ts';
import { get, type Node } from '../../../core/tree.ts';
import type { PenstockModel } from '../model.ts';

/** A time that cannot be read is no limit at all, so the step may take for ever: `timeout: 5 minutes`. */
export const invalidDuration: Rule<PenstockModel> = {
  id: 'penstock/invalid-duration',
  severity: 'error',
  check({ model }, report) {
    const look = (node: Node | undefined, least: number): void => {
      if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
      const ms = parseDuration(node.text);
      if (ms === undefined)
        report(
          node,
          `\`${node.text}\` is no duration; write hours, minutes and seconds, as \`1h\`, \`5m\`, \`90s\` or \`1h30m\``,
        );
      else if (ms < least) report(node, 'nothing can end in no time; write a longer duration, as `90s`');
    };
    for (const { timeout, retries } of model.pipelines.flatMap(({ entries }) => entries)) {
      look(timeout, 1);
      look(get(retries, 'delay'), 0);
    }
    for (const { timeout, maxAge } of model.checks) {
      look(timeout, 1);
      if (typeof maxAge?.value !== 'string') continue;
      const ms = parseAge(maxAge.text);
      if (ms === undefined)
        report(
          maxAge,
          `\`${maxAge.text}\` is no age; write days, hours, minutes and seconds, as \`7d\`, \`1d12h\` or \`30m\``,
        );
      else if (ms === 0) report(maxAge, 'nothing stays as new as that; write a longer age, as `7d`');
    }
  },
};
