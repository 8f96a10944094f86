import { baseName } from '../../core/path.ts';
import type { Claim } from '../../core/system.ts';

/** Files of taps and targets have no names of their own: they are looked into where the name hints at one, and claimed by what they hold. */
export function claimSinger(path: string, head: () => string): Claim | undefined {
  const name = baseName(path);
  // What an extractor discovered last, where Meltano leaves it: facts for others, and nobody's to mend.
  if (name === 'tap.properties.json') return { ...claim('discovered'), isGenerated: true };
  if (!name.endsWith('.json')) return undefined;
  if (/catalog|properties/iu.test(name) && isCatalog(head())) return claim('catalog');
  return /(?:^|[._-])state(?:[._-]|$)/iu.test(name.slice(0, -5)) && isState(head())
    ? claim('state')
    : undefined;
}

function isCatalog(head: string): boolean {
  // Airbyte's catalogs hold a mapping where Singer's have the stream's name.
  return (
    /"streams"\s*:/u.test(head) &&
    /"(?:(?:tap_stream_id|key_properties|breadcrumb)"\s*:|stream"\s*:\s*")/u.test(head)
  );
}

function isState(head: string): boolean {
  return /"(?:bookmarks|currently_syncing|singer_state)"\s*:/u.test(head);
}

function claim(kind: string): Claim {
  return { kind, format: 'json', readsText: true, priority: 3 };
}
