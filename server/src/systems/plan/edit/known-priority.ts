import { priorityRank } from '../../../core/plan-next.ts';
import { isNothing, readPriority } from '../vocabulary.ts';
import type { Draft, Refused } from './draft.ts';

/**
 * Why a word is no priority in this document: its own words are, whatever they mean, and what orders tasks anywhere.
 * Another one would put its task behind all others, and be a slip.
 */
export function refusedPriority({ model }: Draft, priority: string): Refused | undefined {
  if (isNothing(priority) || priorityRank(readPriority(priority)) !== none) return undefined;
  const used = [...new Set(model.entries.flatMap(({ item }) => item.priority ?? []))];
  if (used.some((each) => each.toLowerCase() === priority.trim().toLowerCase())) return undefined;
  const own = used.sort((a, b) => priorityRank(a) - priorityRank(b)).slice(0, mostNamed);
  const known = 'P0 to P9, Critical, High, Medium or Low';
  const choice = own.length === 0 ? known : `${own.join(', ')} as the document does, or ${known}`;
  return { refused: `there is no priority \`${priority.trim()}\`; use ${choice}` };
}

const none = priorityRank(undefined);

/** Limit: a sentence names so many. */
const mostNamed = 8;
