import { findEntryMark } from './marks.ts';
import { findTick, statusOfSymbol, withoutSymbols, type Legend } from './vocabulary.ts';

const words = String.raw`(?:resolved|closed|cleared|solved|fixed|done|completed?|finished|lifted|retired|obsolete|dropped|removed|cancell?ed|unblocked)`;
const whole = new RegExp(String.raw`^(?:${words}\b|no longer\b|not applicable$)`, 'i');
const before = new RegExp(String.raw`^(?:\[${words}\]|${words}\s*:)\s`, 'i');
/** '– fixed size of buffers' is no word of its own. */
const behind = new RegExp(
  String.raw`(?:\(|\[|\s[–—-]+\s+|\s→\s+)${words}(?:\s+(?:(?:on|in|since|with|via)\s|\d)[^()[\]]*)?[)\]]?\.?$`,
  'i',
);

/** True for a blocker or risk whose text says that it is over: `✅ Access`, `[DONE] Access`, `Access (resolved)`, `Access – closed on Monday`. */
export function isOver(text: string, legend: Legend): boolean {
  const mark = findEntryMark(text, legend);
  return mark?.status === 'done' || mark?.status === 'skipped' || before.test(text) || behind.test(text);
}

/** The same of what its table says of its status. A green circle may as well say how grave it is. */
export function saysOver(cell: string, legend: Legend): boolean {
  const said = withoutSymbols(cell);
  if (said === '') {
    const tick = findTick(cell);
    return tick !== undefined && statusOfSymbol(tick.symbol, legend) === 'done';
  }
  const own = legend.words?.get(said.toLowerCase());
  return own === undefined ? whole.test(said) : own === 'done' || own === 'skipped';
}
