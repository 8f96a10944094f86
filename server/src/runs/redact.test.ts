import { expect, describe, test } from 'vitest';
import { createRedactor } from './redact.ts';
import { isSecretName, secretsOfEnvironment, secretsOfEnvText } from './secret-values.ts';

const secret = 'p@ss "w0rd"/ä+&x';
const redactor = createRedactor([secret, 'hunter22', 'abc123', 'true', 'duckdb', 'localhost', 'xyz', '5432']);

describe('known values', () => {
  const json = JSON.stringify(secret).slice(1, -1);
  const cases: Readonly<Record<string, string>> = {
    plain: secret,
    'in JSON': json,
    'in JSON inside JSON': JSON.stringify(json).slice(1, -1),
    'in ASCII JSON': json.replace('ä', '\\u00e4'),
    'in JSON with escaped slashes': json.replace('/', '\\/'),
    'in a URL': encodeURIComponent(secret),
    'in a form': encodeURIComponent(secret).replaceAll('%20', '+'),
    'in a URL with small digits': encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    'in base64': Buffer.from(secret).toString('base64'),
    'in base64 for URLs': Buffer.from(secret).toString('base64url'),
    'in HTML': secret.replace('&', '&amp;'),
  };
  for (const [name, form] of Object.entries(cases)) {
    test(name, () => {
      const masked = redactor.line(`before ${form} after`);
      expect(masked).toMatch(/^before \*\*\*=* after$/);
    });
  }

  test('in basic authentication, wherever the secret begins', () => {
    for (const user of ['a', 'ab', 'abc', 'abcd']) {
      const encoded = Buffer.from(`${user}:hunter22:tail`).toString('base64');
      const masked = redactor.line(`got ${encoded}.`);
      expect(masked).toContain('***');
      const left = masked.slice('got '.length, masked.indexOf('***'));
      expect(Buffer.from(left, 'base64').toString()).not.toContain('hunt');
    }
  });

  test('several in a line, and one that is part of another', () => {
    const two = createRedactor(['longsecret', 'longsecret-and-more']);
    expect(two.line('longsecret-and-more longsecret')).toBe('*** ***');
  });

  test('each line of a value that has several', () => {
    const key = createRedactor(['-----BEGIN KEY-----\nMIIEabcdefgh\nZZZZabcdefgh\n-----END KEY-----']);
    expect(key.line('  MIIEabcdefgh')).toBe('  ***');
    expect(key.line('-----BEGIN KEY-----')).toBe('-----BEGIN KEY-----');
  });

  test('a short one only where it stands alone', () => {
    expect(redactor.line('abc123 xabc123x (abc123)')).toBe('*** xabc123x (***)');
  });

  test('what is too short or too common is left', () => {
    const line = 'true duckdb on localhost:5432 xyz';
    expect(redactor.line(line)).toBe(line);
  });

  test('in a command line, also as an option on its own', () => {
    const argv = [
      'tool',
      '--url=postgres://me:topsecret@db/x',
      '--password',
      'whatever',
      '--api-key',
      'k',
      '--x',
      'hunter22',
    ];
    expect(redactor.command(argv)).toEqual([
      'tool',
      '--url=postgres://me:***@db/x',
      '--password',
      '***',
      '--api-key',
      '***',
      '--x',
      '***',
    ]);
  });

  test('in a command line, as an option with its value, and in the login of curl', () => {
    expect(redactor.command(['tool', '--token=a b', '--db-secret=$X', '--tokens=3'])).toEqual([
      'tool',
      '--token=***',
      '--db-secret=$X',
      '--tokens=3',
    ]);
    expect(redactor.command(['/usr/bin/curl', '-sku', 'me:a:b', '--user', 'me'])).toEqual([
      '/usr/bin/curl',
      '-sku',
      'me:***',
      '--user',
      'me',
    ]);
    const script =
      'curl -sf -u "me:a" http://x && curl -u me:$PASS y; tool --token=b; docker run -u app:app z';
    expect(redactor.command(['sh', '-c', script])[2]).toBe(
      'curl -sf -u "me:***" http://x && curl -u me:$PASS y; tool --token=***; docker run -u app:app z',
    );
  });

  test('in the script of a shell that a command line holds; a variable is none', () => {
    const script = String.raw`mysql --password 'a b'c --db-token "d\" e"; curl --api-key f;curl --password "$PASSWORD" gh`;
    expect(redactor.command(['sh', '-c', script])).toEqual([
      'sh',
      '-c',
      `mysql --password *** --db-token ***; curl --api-key ***;curl --password "$PASSWORD" gh`,
    ]);
  });

  test.each([
    ['mysql -uroot -pa1 shop', 'mysql -uroot -p*** shop'],
    ['mysqldump -p shop', 'mysqldump -p shop'],
    ['/usr/bin/redis-cli -h db -a a1 ping', '/usr/bin/redis-cli -h db -a *** ping'],
    ['docker exec db mongosh -u me -p a1', 'docker exec db mongosh -u me -p ***'],
    ['docker login -u me -p a1', 'docker login -u me -p ***'],
    ['docker run -p 80:80 web', 'docker run -p 80:80 web'],
    ['sshpass -pa1 ssh -p 22 host', 'sshpass -p*** ssh -p 22 host'],
    ['sqlcmd -S db -P a1 -Q x', 'sqlcmd -S db -P *** -Q x'],
    ['psql -p 5432 -w', 'psql -p 5432 -w'],
    ['mongosh -u me -p --quiet', 'mongosh -u me -p --quiet'],
    ['redis-cli -a $PASS', 'redis-cli -a $PASS'],
  ])('behind the letter that a known program takes one by: %s', (written, expected) => {
    expect(redactor.command(written.split(' ')).join(' ')).toBe(expected);
    // The same in the script of a shell.
    expect(redactor.command(['sh', '-c', `x; ${written}`])[2]).toBe(`x; ${expected}`);
  });
});

describe('what looks like a secret', () => {
  const nothing = createRedactor([]);
  // Put together here, so that no scanner takes the test for a leak.
  const of = (...parts: readonly string[]): string => parts.join('');
  const masked: readonly (readonly [string, string])[] = [
    [of('id AKIA', 'IOSFODNN7EXAMPLE.'), 'id ***.'],
    [of('ghp_', 'a1B2'.repeat(9)), '***'],
    [of('github_pat_', 'a1B2_'.repeat(9)), '***'],
    [of('glpat-', 'a1B2_'.repeat(4)), '***'],
    [of('xoxb-', '1234567890-abcdef'), '***'],
    [
      of('https://hooks.slack.com/services/', 'T00000000/B00000000/XXXXXXXXXXXX'),
      'https://hooks.slack.com/services/***',
    ],
    [of('t=eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0In0', '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'), 't=***'],
    [of('AIza', 'SyA1234567890abcdefghijklmnopqrstuv'), '***'],
    [of('sk_live_', 'abcdefghijklmnop1234'), '***'],
    [of('dapi', '0123456789abcdef0123456789abcdef'), '***'],
    ['postgresql+psycopg2://user:s3cr3t@host:5432/db', 'postgresql+psycopg2://user:***@host:5432/db'],
    ['redis://:s3cr3t@host', 'redis://:***@host'],
    ['postgres://u:p@ss@host/db', 'postgres://u:***@host/db'],
    ['md:shop?motherduck_token=abcdef', 'md:shop?motherduck_token=***'],
    ['postgres://u:p/a@h:5432/db', 'postgres://u:***@h:5432/db'],
    ['mongodb://u:p#a?b@h1:27017,h2/db', 'mongodb://u:***@h1:27017,h2/db'],
    ['redis://:p/a@[::1]:6379', 'redis://:***@[::1]:6379'],
    ['+ mysql -uroot -pa1 shop', '+ mysql -uroot -p*** shop'],
    ["+ redis-cli -h db -a 'a 1' ping", '+ redis-cli -h db -a *** ping'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer ***'],
    ["{'password': 'a b,c', 'x': 1}", "{'password': '***', 'x': 1}"],
    ['{"client_secret":"abc","x":1}', '{"client_secret":"***","x":1}'],
    ['  db_password: abcdef', '  db_password: ***'],
    ['PGPASSWORD=abcdef psql', 'PGPASSWORD=*** psql'],
    ['MYSQL_PWD=abcdef mysql', 'MYSQL_PWD=*** mysql'],
    ['REDISCLI_AUTH=abcdef redis-cli', 'REDISCLI_AUTH=*** redis-cli'],
    ['`tool --password=***` ends', '`tool --password=***` ends'],
    [
      of('x -----BEGIN RSA PRIVATE', ' KEY-----\\nMIIabc\\n-----END RSA PRIVATE KEY-----'),
      'x -----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----',
    ],
  ];
  for (const [text, expected] of masked) test(expected, () => expect(nothing.line(text)).toBe(expected));

  const left = [
    'http://localhost:8080/docs@latest',
    'http://[::1]:8080/docs@latest',
    'http://localhost:$PORT/docs@latest',
    'see https://docs.getdbt.com/reference?tab=a&b=c',
    'docker run -p 80:80 mysql',
    'tap-mysql - a password is not needed',
    '08:32:45  Finished running 3 table models in 0 hours 0 minutes and 1.2 seconds',
    'invalid password: try again later',
    'syntax error at token: SELECT',
    'unique key: order_id',
    'git@github.com:someone/repo.git',
    'primary_key = order_id',
  ];
  for (const text of left) test(`leaves: ${text}`, () => expect(nothing.line(text)).toBe(text));

  test('a long line of anything is done in no time to speak of', () => {
    for (const piece of [
      'a.',
      'eyJ-',
      'x://',
      'key=',
      '?token',
      'a:@',
      '://a:@',
      'mysql -',
      'login -p',
      'SG.aaaaaaaaaaaaaaaaaaaa',
    ]) {
      expect(nothing.line(piece.repeat(1_000_000 / piece.length)).length).toBeGreaterThan(0);
    }
  });
});

describe('where values come from', () => {
  test('an .env file: all but what plainly is no secret', () => {
    const text = [
      '# comment',
      'export API=zq9XK2mmP # why',
      "QUOTED='it is s3cret'",
      'MULTI="first-l1ne\\nsecond-l1ne"',
      'DB_PASSWORD=summer',
      'URL=postgres://u:pa%24s@h/db',
      'PHRASE=correct-horse-battery-staple',
      'HOOK=https://hooks.slack.com/services/T0/B0/x',
      'MELTANO_ENVIRONMENT=production',
      'REGION=eu-west-1',
      'DUCKDB=./data/shop.duckdb',
      'FILE=shop.duckdb',
      'START=2024-01-01T00:00:00Z',
      'HOST=db.example.com',
      'PORT=5432',
      'ZONE=Europe/Berlin',
      'MAIL=me@example.com',
      'BASE=http://localhost:3000/x',
      'EMPTY=',
    ].join('\r\n');
    expect(secretsOfEnvText(text)).toEqual([
      'zq9XK2mmP',
      'it is s3cret',
      'first-l1ne\nsecond-l1ne',
      'summer',
      'postgres://u:pa%24s@h/db',
      'pa%24s',
      'pa$s',
      'correct-horse-battery-staple',
      'https://hooks.slack.com/services/T0/B0/x',
    ]);
  });

  test("the process's variables: by name, and passwords in URLs", () => {
    const env = {
      GITHUB_TOKEN: 'one',
      MY_API_KEY: 'two',
      DATABASE_URL: 'mysql://a:three@b/c',
      HOME: '/home/me',
      PWD: '/x',
      SSH_AUTH_SOCK: '/run/x',
      GOOGLE_APPLICATION_CREDENTIALS: process.execPath,
      TAP_REPLICATION_KEY: 'updated_at',
      TOKENIZERS_PARALLELISM: 'false',
      EMPTY_TOKEN: '',
    };
    expect(secretsOfEnvironment(env)).toEqual(['one', 'two', 'three', 'three']);
  });

  test('names', () => {
    for (const name of [
      'PASSWORD',
      'dbPassword',
      'SNOWFLAKE_PASS',
      'PG_PWD',
      'X_TOKEN_2',
      'DBT_ENV_SECRET_GIT',
      'AWS_SECRET_ACCESS_KEY',
      'AIRFLOW__CORE__FERNET_KEY',
      'APIKEY',
    ]) {
      expect(isSecretName(name), name).toBe(true);
    }
    for (const name of [
      'MONKEY',
      'KEYBOARD',
      'AUTHOR',
      'COMPASS',
      'TOKEN_TYPE',
      'PRIMARY_KEY',
      'PASSWORD_FILE',
      'PATH',
      'USER',
    ]) {
      expect(isSecretName(name), name).toBe(false);
    }
  });
});
