import { objectIn, objectOf } from '../../core/json.ts';
import type { RanWhen, Step } from '../../core/step.ts';

/** The commands that `dbt retry` goes on with. */
const retried = new Set(['build', 'run', 'test', 'seed', 'snapshot']);

/**
 * `dbt retry` in place of a command: what failed or was skipped, told by the `run_results.json` that it left behind.
 * Undefined where that file is of another time, because dbt would go on with whatever ran last.
 */
export function retryStep(
  step: Step,
  { from, to }: RanWhen,
  read: (path: string) => string,
): Step | undefined {
  const { work } = step;
  if (work.kind !== 'command') return undefined;
  const at = work.args.findIndex((word) => retried.has(word));
  // dbt's own output is the first that a step writes.
  const [target] = work.writes;
  if (at < 0 || target === undefined) return undefined;
  const left = resultsOf(read(`${target}/run_results.json`));
  const isOfThen = left !== undefined && left.at >= Date.parse(from) && left.at <= Date.parse(to);
  if (!isOfThen || left.command !== work.args[at]) return undefined;
  return { ...step, work: { ...work, args: [...work.args.slice(0, at), 'retry'] } };
}

function resultsOf(text: string): { readonly at: number; readonly command: unknown } | undefined {
  const results = objectIn(text);
  if (!results) return undefined;
  const generatedAt = objectOf(results['metadata'])?.['generated_at'];
  return { at: Date.parse(String(generatedAt)), command: objectOf(results['args'])?.['which'] };
}
