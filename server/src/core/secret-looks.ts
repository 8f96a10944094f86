import { rawLogin } from './address.ts';
import { passwordIn, passwordsInScripts } from './password-options.ts';

/** Stands for what is not shown. */
export const secretMask = '***';

/** What is a secret by its looks alone; every pattern has a part that hardly occurs otherwise. */
export const secretLooks: readonly RegExp[] = [
  // AWS
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  // GitHub, GitLab
  /\bgh[pousr]_[A-Za-z0-9]{30,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  // Slack
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bxapp-\d-[A-Za-z0-9-]{10,}/g,
  /(?<=hooks\.slack\.com\/services\/)[A-Za-z0-9/]{20,}/g,
  // JSON Web Token
  /\beyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  // Google, Stripe, npm, PyPI, SendGrid, model providers
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\bpypi-AgE[A-Za-z0-9_-]{40,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,100}\.[A-Za-z0-9_-]{16,}/g,
  /\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{32,}/g,
  // Databricks, dbt Cloud
  /\bdapi[0-9a-f]{32}(?:-\d)?\b/g,
  /\bdbt[cu]_[A-Za-z0-9+/=_-]{20,}/g,
  // A private key on one line
  /(?<=-----BEGIN [A-Z ]*PRIVATE KEY-----).+?(?=-----END|$)/g,
];

const secretKey =
  '(?:password|passwd|passphrase|secret_?access_?key|secret_?key|client_?secret|access_?token|refresh_?token|auth_?token|' +
  'motherduck_token|api_?key|private_?key)';

/** `scheme://user:password@host`; a password may hold an `@` where a program did not encode it. */
const login = /(:\/\/[^\s/:@'"]{0,100}:)[^\s/'"]{1,300}(?=@)/g;

/** The passwords in addresses that stand in a text, as they are written. */
export function loginPasswords(text: string): readonly string[] {
  const found = [login, rawLogin].flatMap((pattern) => [...text.matchAll(pattern)]);
  return [...new Set(found.map(([whole, before]) => whole.slice(before!.length)))];
}

/** What is a secret by what stands before it; the first group stays. */
export const secretsByName: readonly RegExp[] = [
  login,
  rawLogin,
  ...passwordsInScripts,
  // `https://<token>@github.com`
  /(\bhttps?:\/\/)[A-Za-z0-9_-]{16,300}(?=@)/gi,
  /(\b(?:Authorization|Proxy-Authorization)["']?\s*[:=]\s*["']?(?:Bearer|Basic|Token)?\s*)[^\s"',;]{8,}/gi,
  /(\bBearer\s+)[A-Za-z0-9._~+/-]{16,}=*/g,
  /([?&;](?:[a-z_-]{0,40}token|sig|signature|api_?key|password|secret|X-Amz-Signature|X-Amz-Security-Token|AccountKey|SharedAccessKey)=)[^\s&;"'#]+/gi,
  // What is masked already ends where it ends, whatever follows it.
  /(\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|MYSQL_PWD|REDISCLI_AUTH|PWD|Password)=)(?!\*{3})[^\s;"']{4,}/gi,
  new RegExp(`(${secretKey}\\\\*["']?\\s*[:=]\\s*\\\\*(["']))(?:(?!\\2).)+`, 'gi'),
  new RegExp(`(${secretKey}\\s*=\\s*)(?!\\*{3})[^\\s"'\\\\,;&})]{4,}`, 'gi'),
  // With a bare colon a sentence may follow (`invalid password: try again`); a value ends the line or its part of it.
  new RegExp(`(${secretKey}\\s*:\\s+)[^\\s"'\\\\,;&})]{4,}(?=\\s*(?:$|[,;}]))`, 'gi'),
];

/** Cheap to ask, and true of every text that one of them could find something in. */
export const lookSuspicious =
  /AKIA|ASIA|ABIA|ACCA|gh[pousr]_|github_pat|glpat-|xox|xapp-|slack\.com|eyJ|AIza|ya29|[rs]k_|npm_|pypi-|SG\.|sk-|dapi|dbt[cu]_|PRIVATE KEY/;

const secretOption = '--?(?:[\\w-]+-)?(?:password|passwd|passphrase|token|secret|api-?key|access-?key)';
const isSecretOption = new RegExp(`^${secretOption}$`, 'i');
/** In the script of a shell, where a variable shows nothing of its value. */
const secretOptionWithin = new RegExp(
  `((?:^|\\s)${secretOption}(?:\\s+|=))(?!"?\\$)(?:"(?:\\\\.|[^"\\\\])*"|'[^']*'|[^\\s;&|])+`,
  'gi',
);

/** Of a word alone, whose value may hold anything. */
const secretOptionAlone = new RegExp(`^(${secretOption}=)(?!\\$).+`, 'is');

// What others call so may be the user and the group that a program runs as.
const loginOption = '-(?:[a-zA-Z]*[uU]|-(?:proxy-)?user)';
const isLoginOption = new RegExp(`^${loginOption}$`);
const loginWithin = new RegExp(
  `(\\bcurl\\s(?:[^;&|\\n]*?\\s)?${loginOption}\\s+["']?[^\\s:"'$]+:)(?!\\$)[^\\s"']+`,
  'g',
);

/** The words of a command without what follows an option such as `--password`, or the name in a login of `curl`. */
export function withoutOptionSecrets(words: readonly string[]): readonly string[] {
  const curl = words.findIndex((word) => /(?:^|[\\/])curl(?:\.exe)?$/.test(word));
  const password = passwordIn(words);
  return words.map((word, at) => {
    const before = words[at - 1] ?? '';
    if (isSecretOption.test(before)) return secretMask;
    if (password?.word === at) return word.slice(0, password.from) + secretMask;
    if (curl >= 0 && curl < at && isLoginOption.test(before)) return word.replace(/(?<=:).+/s, secretMask);
    return word
      .replace(secretOptionAlone, `$1${secretMask}`)
      .replace(secretOptionWithin, `$1${secretMask}`)
      .replace(loginWithin, `$1${secretMask}`);
  });
}

/** A command that somebody wrote as it may be shown. */
export function commandWithoutSecrets(words: readonly string[]): string {
  return withoutSecrets(withoutOptionSecrets(words).join(' '));
}

/** A text that somebody wrote, such as a title, as it may be shown. */
export function withoutSecrets(text: string): string {
  const rest = secretLooks.reduce((left, pattern) => left.replace(pattern, secretMask), text);
  return secretsByName.reduce((left, pattern) => left.replace(pattern, `$1${secretMask}`), rest);
}

/**
 * True for a value at a secret's key that is most likely a real one: long enough, of several kinds of characters,
 * and no word that stands in for one.
 */
export function looksReal(text: string): boolean {
  if (text.length < 8 || /[\s<>{}]|\$[\w{(]/u.test(text) || /^(.)\1*$/u.test(text)) return false;
  if (/example|place_?holder|dummy|change|replace|redacted|your|insert|todo|xxx|\*\*\*/iu.test(text))
    return false;
  const isWordy =
    /secret|pass|pwd|admin|test|user|root|local|dev|demo|sample|default|none|null|foo|bar|abc|123/iu.test(
      text,
    );
  if (text.length < 20 && isWordy) return false;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^\w./-]/u].filter((kind) => kind.test(text));
  return kinds.length > 1;
}
