import { hidden } from './hidden-text.ts';
import { passwordOptions } from '../core/password-options.ts';
import { secretLooks, secretsByName } from '../core/secret-looks.ts';

/** What is no part of a word of ASCII may stand before a word. */
const boundaries = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
  (char) => !/\w/.test(char),
);

/**
 * In whatever case, one of these stands in every text that a pattern could find something in, but for those of which
 * `mayHoldLogin` is true; see `GramFinder`.
 */
export const suspicion: readonly string[] = [
  ...(
    'akia asia abia acca ghp_ gho_ ghu_ ghs_ ghr_ github_pat glpat xoxa xoxb xoxe xoxo xoxp xoxr xoxs xapp slack.com aiza ya29 ' +
    'sk_l sk_t rk_l rk_t npm_ pypi dapi dbtc_ dbtu_ private authorization bearer password passwd passphrase secret token api_key apikey ' +
    'sig= signature x-amz accountkey sharedaccess pwd= rediscli_auth'
  ).split(' '),
  ...passwordOptions,
  // What is too short to be told by itself begins a word.
  ...['eyJ', 'SG.', 'sk-'].flatMap((word) => boundaries.map((before) => before + word)),
];

/** True of whatever could be a URL with a password; one of few lines with a URL is. */
export function mayHoldLogin(text: string): boolean {
  return text.includes('@') && text.includes('://');
}

/** Asked only where a text is suspicious: each pattern goes through the whole of it. Keeps the length. */
export function hidePatterns(text: string): string {
  let rest = text;
  for (const pattern of secretLooks) rest = rest.replace(pattern, (found) => hidden(found.length));
  for (const pattern of secretsByName)
    rest = rest.replace(pattern, (found, name: string) => name + hidden(found.length - name.length));
  return rest;
}
