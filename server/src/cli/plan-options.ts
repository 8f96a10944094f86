import { closest } from '../core/closest.ts';
import { isPlanVerb, type PlanEditOptions, type PlanVerb } from './plan-edit-args.ts';

/** The options of `penstock plan` besides `--format`. */
export const planEditOptions = {
  file: { type: 'string' },
  to: { type: 'string' },
  status: { type: 'string' },
  priority: { type: 'string' },
  effort: { type: 'string' },
  needs: { type: 'string', multiple: true },
  before: { type: 'string' },
  after: { type: 'string' },
  group: { type: 'string' },
  date: { type: 'string' },
  overall: { type: 'string' },
  category: { type: 'string', multiple: true },
  proven: { type: 'boolean' },
  diff: { type: 'boolean' },
} as const;

type OptionName = keyof typeof planEditOptions;

const taken: Readonly<Record<PlanVerb, readonly OptionName[]>> = {
  set: ['status', 'priority', 'effort'],
  tick: [],
  untick: [],
  add: ['status', 'priority', 'effort', 'needs', 'before', 'after', 'group', 'to'],
  move: ['before', 'after', 'group', 'to'],
  remove: [],
  complete: ['to', 'date'],
  touch: ['date'],
  figures: ['overall', 'category', 'proven'],
};

/** The options as they are typed; throws where one does not belong to what is done. */
export function readPlanOptions(
  values: Readonly<Record<string, unknown>>,
  verb: string | undefined,
  wrong: (message: string) => Error,
): PlanEditOptions {
  const near = isPlanVerb(verb) || verb === undefined ? undefined : closest(verb, Object.keys(taken));
  const known: readonly OptionName[] = isPlanVerb(verb) ? ['file', 'diff', ...taken[verb]] : ['file'];
  for (const name of Object.keys(planEditOptions) as OptionName[]) {
    if (values[name] === undefined || known.includes(name)) continue;
    const others = Object.entries(taken).flatMap(([each, names]) =>
      names.includes(name) ? [`\`penstock plan ${each}\``] : [],
    );
    if (near !== undefined)
      throw wrong(`\`penstock plan\` has no verb \`${verb}\`; did you mean \`${near}\`?`);
    throw wrong(`--${name} belongs to ${others.length === 0 ? 'what changes the plan' : others.join(', ')}`);
  }
  const format = values['format'];
  if (format !== 'text' && format !== 'json')
    throw wrong(`there is no format \`${String(format)}\`; use text or json`);
  const text = (name: OptionName): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const list = (name: OptionName): readonly string[] => {
    const value = values[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const texts = (
    ['file', 'to', 'status', 'priority', 'effort', 'before', 'after', 'group', 'date', 'overall'] as const
  ).flatMap((name) => {
    const value = text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(texts),
    needs: list('needs'),
    category: list('category'),
    proven: values['proven'] === true,
    diff: values['diff'] === true,
    format,
  };
}
