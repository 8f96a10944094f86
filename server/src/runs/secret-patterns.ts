import { hidden } from './hidden-text.ts';
import { secretLooks } from '../core/secret-looks.ts';

const secretKey =
  '(?:password|passwd|passphrase|secret_?access_?key|secret_?key|client_?secret|access_?token|refresh_?token|auth_?token|' +
  'motherduck_token|api_?key|private_?key)';

/** What is a secret by what stands before it; the first group stays. */
const named: readonly RegExp[] = [
  // `scheme://user:password@host`; a password may hold an `@` where a program did not encode it.
  /(:\/\/[^\s/:@'"]{0,100}:)[^\s/'"]{1,300}(?=@)/g,
  // `https://<token>@github.com`
  /(\bhttps?:\/\/)[A-Za-z0-9_-]{16,300}(?=@)/gi,
  /(\b(?:Authorization|Proxy-Authorization)["']?\s*[:=]\s*["']?(?:Bearer|Basic|Token)?\s*)[^\s"',;]{8,}/gi,
  /(\bBearer\s+)[A-Za-z0-9._~+/-]{16,}=*/g,
  /([?&;](?:[a-z_-]{0,40}token|sig|signature|api_?key|password|secret|X-Amz-Signature|X-Amz-Security-Token|AccountKey|SharedAccessKey)=)[^\s&;"'#]+/gi,
  /(\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|PWD|Password)=)[^\s;"']{4,}/gi,
  new RegExp(`(${secretKey}\\\\*["']?\\s*[:=]\\s*\\\\*(["']))(?:(?!\\2).)+`, 'gi'),
  new RegExp(`(${secretKey}\\s*=\\s*)[^\\s"'\\\\,;&})]{4,}`, 'gi'),
  // With a bare colon a sentence may follow (`invalid password: try again`); a value ends the line or its part of it.
  new RegExp(`(${secretKey}\\s*:\\s+)[^\\s"'\\\\,;&})]{4,}(?=\\s*(?:$|[,;}]))`, 'gi'),
];

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
    'sig= signature x-amz accountkey sharedaccess pwd='
  ).split(' '),
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
  for (const pattern of named)
    rest = rest.replace(pattern, (found, name: string) => name + hidden(found.length - name.length));
  return rest;
}
