/** True for a key whose value must not be shown: `api_token`, `DB_PASSWORD`, `client-secret`, `authToken`; not `primary_key`. */
export function isSecretKey(key: string): boolean {
  const parted = key.replace(/([a-z\d])([A-Z])/gu, '$1_$2');
  return secret.test(parted) && !open.test(parted);
}

/** Whole, or behind `_`, `-` or `.`. */
const secret = new RegExp(
  `(?:^|[_.-])(?:${[
    'pass(?:word|wd|phrase|code)?',
    'p(?:s?wd|w)',
    'secrets?(?:_?key)?',
    'tokens?',
    'api_?keys?',
    'access_?keys?(?:_id)?',
    'private_?key',
    'credentials?(?:_json)?',
    'auth(?:orization)?',
    'bearer',
    'connection_string',
    'conn(?:_str)?',
    'dsn',
    'webhook(?:_url)?',
    'keyfile_json',
    'service_account_json',
    '(?:license|encryption|signing|fernet)_key',
    'sas_token',
    'key',
  ].join('|')})$`,
  'iu',
);

const open =
  /(?:^|[_.-])(?:primary|unique|foreign|sort|partition|replication|public|order|merge|cluster)_?keys?$/iu;

/** False for a bare variable, which is no secret, and for what is so short that hiding it would hide half of a log. */
export function isWorthHiding(text: string): boolean {
  return text.length >= 4 && !/^\$\{?\w+\}?$/u.test(text) && !/^(?:true|false|null|none)$/iu.test(text);
}
