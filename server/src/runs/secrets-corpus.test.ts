import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRedactor } from './redact.ts';
import { secretsOfEnvText } from './secret-values.ts';
import { record, Workspace } from './test-support/run-harness.ts';

// Put together here, so that no scanner takes the test for a leak.
const of = (...parts: readonly string[]): string => parts.join('');

/** Values as people have them: of letters alone, with all that some encoding cares about, short, long, foreign. */
const secrets: Readonly<Record<string, string>> = {
  plain: of('kX9v', 'Lm2Q', 'r7Tz'),
  short: of('zq', '9X', 'wK'),
  'with signs': of('p@ss', '/w:rd', '?&=+#%'),
  'with quotes': of('it\'s "', 'quoted" `', 'and $HOME', ' \\ back'),
  foreign: of('pässw', 'örd-✓', '-🔑x'),
  'in words': of('correct horse', ' battery', ' staple'),
  long: of(...Array.from({ length: 16 }, (_, at) => `${at}aB/+${at}zz`)),
  dashes: of('a_b-', 'c.d~', 'e!f*', "(g)'h"),
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const url = (text: string): string => encodeURIComponent(text);
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const ascii = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What programs make of a value before they print it. */
const encodings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'for a URL': url,
  'for a URL, strictly': (secret) =>
    url(secret).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
  'for a URL, in small digits': (secret) =>
    url(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  'for a URL, letters left': (secret) => encodeURI(secret),
  'for a URL, a slash left': (secret) => url(secret).replaceAll('%2F', '/'),
  'for a URL, twice': (secret) => url(url(secret)),
  'in a form': (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
  'in a URL of Node': (secret) => {
    const made = new URL('http://h');
    made.password = secret;
    return made.password;
  },
  'in JSON': json,
  'in JSON, twice': (secret) => json(json(secret)),
  'in ASCII JSON': (secret) => ascii(json(secret)),
  'in ASCII JSON, twice': (secret) => json(ascii(json(secret))),
  'in JSON with escaped slashes': (secret) => json(secret).replaceAll('/', '\\/'),
  'in JSON that is safe for HTML': (secret) =>
    json(secret).replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
  'in base64': base64,
  'in base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64, after one more byte': (secret) => base64(`u${secret}`),
  'in base64, after two more bytes': (secret) => base64(`u:${secret}`),
  'in base64, amid others': (secret) => base64(`me:${secret}@host`),
  'in base64, amid others, one further': (secret) => base64(`you:${secret}@host`),
  'in base64, amid others, two further': (secret) => base64(`user:${secret}@host`),
  'in base64 inside a URL': (secret) => url(base64(secret)),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in single quotes of a shell': (secret) => secret.replaceAll("'", `'\\''`),
  "in single quotes as Python's shlex has them": (secret) => secret.replaceAll("'", `'"'"'`),
  'in double quotes of a shell': (secret) => secret.replace(/[$`"\\]/g, '\\$&'),
  'with backslashes of a shell': (secret) => secret.replace(/[^\w@%+=:,./\u0080-\u{10ffff}-]/gu, '\\$&'),
  'as Python shows it': (secret) => secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
  'in SQL': (secret) => secret.replaceAll("'", "''"),
  'in YAML': (secret) => secret.replaceAll("'", "''"),
  'in HTML': (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  "in HTML as Python's escape has it": (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
};

/** As `base64` and MIME cut it after 76 columns, and PEM after 64. */
const cut = (text: string, columns: number): readonly string[] =>
  text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];

/** What programs put among the characters of a value. */
const amid: Readonly<Record<string, (secret: string) => string>> = {
  'coloured from its middle on': (secret) => halves(secret).join('\u001b[1;31m'),
  'coloured from its middle on, in JSON': (secret) => json(halves(secret).join('\u001b[38;2;1;2;3m')),
  'coloured, each character': (secret) => Array.from(secret, (char) => `\u001b[7m${char}\u001b[0m`).join(''),
  'in base64, coloured': (secret) => halves(base64(secret)).join('\u001b[K'),
  'with a link in it': (secret) => halves(secret).join('\u001b]8;;http://h\u0007'),
  'in base64, cut as Python shows it': (secret) => cut(base64(`${'x'.repeat(50)}${secret}`), 76).join('\\n'),
  'in base64, cut in JSON': (secret) => cut(base64(`${'x'.repeat(45)}${secret}`), 64).join('\\r\\n'),
};

function halves(text: string): readonly [string, string] {
  const chars = Array.from(text);
  const middle = Math.floor(chars.length / 2);
  return [chars.slice(0, middle).join(''), chars.slice(middle).join('')];
}

const redactor = createRedactor(Object.values(secrets));

/** True where four characters of the secret in a row can be had from what is left, as it stands or decoded. */
function leaks(masked: string, secret: string): boolean {
  const rests = masked.split('***');
  const decoded = rests.flatMap((rest) =>
    [0, 1, 2, 3].flatMap((at) =>
      (['base64', 'hex'] as const).map((encoding) =>
        Buffer.from(rest.slice(at).replace(/^\W+/, ''), encoding).toString(),
      ),
    ),
  );
  const pieces = Array.from({ length: secret.length - 3 }, (_, at) => secret.slice(at, at + 4));
  return pieces.some((piece) => [...rests, ...decoded].some((rest) => rest.includes(piece)));
}

describe.each(Object.keys(secrets))('%s', (name) => {
  const secret = secrets[name]!;
  test.each(Object.keys(encodings))('%s', (encoding) => expectMasked(encodings[encoding]!(secret)));

  test.each(Object.keys(amid))('%s', (how) => expectMasked(amid[how]!(secret)));

  test.each([76, 64, 60])('in base64, cut into lines of %i columns, wherever it begins', (columns) => {
    for (let before = 0; before < columns; before++) {
      const lines = cut(base64(`${'x'.repeat(before)}${secret}${'y'.repeat(40)}`), columns);
      for (const prefix of ['', 'tap | ']) {
        const masked = lines.map((line) => redactor.line(prefix + line));
        const joined = masked.map((line) => line.slice(prefix.length)).join('');
        expect(leaks(joined, secret), masked.join('\n')).toBe(false);
        const whole = redactor.text(lines.map((line) => `  ${line}`).join('\n'));
        expect(leaks(whole.replace(/\n {2}/g, ''), secret), whole).toBe(false);
      }
    }
  });

  function expectMasked(form: string): void {
    for (const [before, after] of [
      ['got ', ' here'],
      ['"key": "', '", "x": 1'],
      ["--token='", "'"],
      ['x=', '&y=1'],
    ] as const) {
      const masked = redactor.line(`${before}${form}${after}`);
      expect(masked).toContain('***');
      const read = stripVTControlCharacters(masked).replace(/\\u001b\[[\d;]*m|\\r|\\n/g, '');
      expect(leaks(read, secret), masked).toBe(false);
    }
  }
});

describe('from where they are to where they are written', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  test('in whatever pieces a process prints them', async () => {
    const forms = Object.values(secrets).flatMap((secret) =>
      [...Object.values(encodings), ...Object.values(amid)].map((encode) => encode(secret)),
    );
    workspace.write('forms.json', JSON.stringify(forms));
    const script = `
      const forms = JSON.parse(require('node:fs').readFileSync('forms.json', 'utf8'));
      let seed = 1;
      const next = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
      const bytes = Buffer.from(forms.map((form, at) => at + ' <' + form + '>').join('\\n') + '\\n');
      let at = 0;
      const write = () => {
        if (at >= bytes.length) return;
        const end = Math.min(bytes.length, at + 1 + next(40));
        process.stdout.write(bytes.subarray(at, end), () => setImmediate(write));
        at = end;
      };
      write();`;
    const run = record(workspace, [workspace.node('printer', script)], [], { redact: redactor });
    expect(await run.finished).toBe('succeeded');
    const lines = run.lines('printer');
    expect(lines).toHaveLength(forms.length);
    for (const [at, line] of lines.entries()) expect(line, forms[at]).toMatch(/\*\*\*/);
    const written = JSON.stringify(run.events);
    for (const secret of Object.values(secrets)) expect(written).not.toContain(secret);
  });

  test('from an .env file, quoted as its readers allow', () => {
    const text = Object.values(secrets)
      .map((secret, at) => {
        if (!secret.includes("'")) return `KEY_${at}='${secret}'`;
        return `KEY_${at}="${secret.replace(/[\\"$]/g, '\\$&')}"`;
      })
      .join('\n');
    const found = secretsOfEnvText(text);
    for (const secret of Object.values(secrets)) expect(found).toContain(secret);
  });
});

test('what only looks like one is left: no word of a log becomes unreadable', () => {
  const log = [
    '08:32:45  1 of 12 START sql table model main.orders ............ [RUN]',
    'Completed successfully: PASS=12 WARN=0 ERROR=0 SKIP=0 TOTAL=12',
    'https://docs.getdbt.com/reference/dbt-jinja-functions/ref?version=1.9',
    '{"type": "RECORD", "stream": "orders", "record": {"id": 1, "note": "it\'s fine"}}',
    '\u001b[32m08:32:45\u001b[0m  1 of 12 OK \u001b[1mmain.orders\u001b[0m',
    base64('nothing that anybody hides, told at length'),
    'done',
    'horse battery correct',
  ];
  for (const line of log) expect(redactor.line(line)).toBe(line);
});
