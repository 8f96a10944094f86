import type { Definition, Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { keyword } from './calls.ts';
import type { PlacedCall } from './sql.ts';

export interface SqlConfig {
  readonly materialized: string | undefined;
  /** True where `enabled` is set to anything but a plain `true`. */
  readonly mayBeDisabled: boolean;
  /** What rules on other files ask of the model: whether it asks how it is built, how it is batched. */
  readonly data?: Readonly<Record<string, string>>;
  /** Who may read it: its group and its access, `*` for what must be evaluated. */
  readonly terms?: Readonly<Record<string, string>>;
  /** Where the file says that the model is built in batches of time. */
  readonly microbatchAt?: number;
}

/** What a model that is built in batches of time must say of them. */
export const batchKeys = ['event_time', 'begin', 'batch_size'] as const;

/** What the `config(…)` of a file says, as far as it is written plainly. */
export function readConfig(calls: readonly PlacedCall[]): SqlConfig {
  let materialized: string | undefined;
  let isOff = false;
  let microbatchAt: number | undefined;
  const data: Record<string, string> = {};
  const terms: Record<string, string> = {};
  for (const call of calls) {
    if (call.owner !== undefined) continue;
    if (call.name.text === 'is_incremental' && call.at === 'plain') data['incremental'] = 'yes';
    if (call.name.text !== 'config') continue;
    const said = keyword(call, 'materialized');
    materialized = said?.literal?.text ?? materialized;
    const isPlain = call.at === 'plain';
    // A mapping may say anything, and so may what stands in a branch.
    if (call.arguments.some((each) => each.keyword === undefined) || (said && !(said.literal && isPlain)))
      data['computed'] = 'materialized';
    const enabled = keyword(call, 'enabled');
    if (enabled && !isTrue(enabled.only?.text)) isOff = true;
    // The file's own word counts more than what others say of it.
    if (enabled && isFalse(enabled.only?.text) && isPlain) data['off'] = 'yes';
    else if (enabled) delete data['off'];
    for (const key of ['group', 'access']) {
      const value = keyword(call, key);
      // What must be evaluated may be anything.
      if (value) terms[key] = value.literal?.text ?? '*';
    }
    const batch = batchKeys.filter((key) => keyword(call, key));
    if (batch.length > 0) data['batch'] = batch.join(',');
    const strategy = keyword(call, 'incremental_strategy');
    if (!strategy) continue;
    const isMicrobatch = isPlain && strategy.literal?.text === 'microbatch';
    microbatchAt = isMicrobatch ? strategy.literal.span.start : undefined;
    data['strategy'] = isMicrobatch ? 'microbatch' : '*';
  }
  return {
    materialized,
    mayBeDisabled: isOff,
    ...(isEmpty(data) ? {} : { data }),
    ...(isEmpty(terms) ? {} : { terms }),
    ...(microbatchAt === undefined ? {} : { microbatchAt }),
  };
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

function isFalse(text: string | undefined): boolean {
  return text === 'false' || text === 'False';
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === 'True';
}

/** Who may read the model, where its own file says so: it counts more than what its properties say. */
export function termsDefinition(
  { terms }: SqlConfig,
  name: string,
  { scope }: Project,
): readonly Definition[] {
  if (!terms) return [];
  const at = { span: { start: 0, end: 0 }, implicit: true, exclusive: false } as const;
  const data = { ...terms, file: 'own' };
  return [{ fact: 'definition', namespace: 'dbt.terms', scope, name, what: 'terms', ...at, data }];
}

/** That the model is built in batches, for the rule that knows what they need and where else it may stand. */
export function microbatchUse(
  { microbatchAt: start, data }: SqlConfig,
  name: string,
  { scope }: Project,
): readonly Use[] {
  if (start === undefined) return [];
  const span = { start, end: start };
  const given = { microbatch: data?.['batch'] ?? '' };
  return [{ fact: 'use', namespaces: ['dbt.terms'], scope, name, span, role: 'deferred', data: given }];
}
