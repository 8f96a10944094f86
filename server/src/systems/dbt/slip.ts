import { closest } from '../../core/closest.ts';

/**
 * The key that was surely meant. Adapters and projects have keys of their own, so only what differs in a
 * letter or two counts: dbt-trino's `properties` is no slip for `tblproperties`.
 */
export function slipOf(key: string, known: Iterable<string>): string | undefined {
  const near: string[] = [];
  for (const each of known) {
    if (each === key) return undefined;
    if (Math.abs(each.length - key.length) <= 1) near.push(each);
  }
  return closest(key, near);
}
