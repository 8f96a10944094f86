import { formatCount } from '../shared/format.ts';
import type { NodeView } from './protocol.ts';

type Counts = Pick<NodeView, 'records' | 'loaded' | 'bytes' | 'requests' | 'states'>;

/** `998 rows`; `500 of 998 rows` while the target is behind the source. */
export function recordsText({ records, loaded }: Counts): string {
  if (records === undefined) return '';
  const behind = loaded !== undefined && loaded < records ? `${formatCount(loaded)} of ` : '';
  return `${behind}${formatCount(records)} rows`;
}

/** All that was counted, in a sentence. */
export function countsText({ records, loaded, bytes, requests, states }: Counts): string {
  const parts = [
    records === undefined ? '' : `${formatCount(records)} ${loaded === undefined ? 'rows' : 'rows read'}`,
    loaded === undefined ? '' : `${formatCount(loaded)} rows loaded`,
    bytes === undefined ? '' : formatBytes(bytes),
    requests === undefined ? '' : `${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}`,
    states === undefined ? '' : states === 1 ? 'state kept' : `state kept ${formatCount(states)} times`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** `900 bytes`, `1.2 MB`. */
function formatBytes(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  if (bytes < 1000) return `${bytes} bytes`;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
