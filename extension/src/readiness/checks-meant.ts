import { costsTrust } from '../../../server/src/core/evidence.ts';
import type { CheckAnswer, ReadinessAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import { isRecord, textsOf } from '../panels/page-values.ts';

/**
 * The checks that a command is about, by their ids: named by itself (`id`, `{ checks: [id] }`), by a row of a tree
 * (its checks, or those of its task), else what the cursor is in: a check of `penstock.yaml`, a task with checks.
 */
export function checksMeant(
  argument: unknown,
  { checks, items }: Pick<ReadinessAnswer, 'checks' | 'items'>,
  cursor?: { readonly uri: string; readonly line: number },
): readonly string[] {
  const named = namedBy(argument, items);
  if (named.length > 0) {
    const known = new Set(checks.map(({ id }) => id));
    return named.filter((id) => known.has(id));
  }
  if (argument !== undefined || !cursor) return [];
  const here = checks.filter(({ uri, range }) => uri === cursor.uri && range?.start.line === cursor.line);
  if (here.length > 0) return here.map(({ id }) => id);
  return items
    .filter(({ uri, range }) => uri === cursor.uri && range.start.line === cursor.line)
    .flatMap((item) => item.checks);
}

/** True where each of these checks connects or starts a program, which happens only in a trusted workspace. */
export function needTrust(
  ids: readonly string[],
  { checks }: { readonly checks: readonly Pick<CheckAnswer, 'id' | 'cost'>[] },
): boolean {
  const costs = new Map(checks.map(({ id, cost }) => [id, cost]));
  return ids.every((id) => {
    const cost = costs.get(id);
    return cost !== undefined && costsTrust(cost);
  });
}

function namedBy(argument: unknown, items: ReadinessAnswer['items']): readonly string[] {
  if (typeof argument === 'string') return [argument];
  if (!isRecord(argument)) return [];
  const { checks, data } = argument;
  if (checks !== undefined) return textsOf(checks);
  if (!isRecord(data)) return [];
  if (typeof data['check'] === 'string') return [data['check']];
  const { uri, item } = data;
  const id = isRecord(item) ? item['id'] : undefined;
  return items.find((each) => each.uri === uri && each.id === id)?.checks ?? [];
}
