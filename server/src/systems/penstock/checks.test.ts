import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { define } from '../../language/define.ts';
import { hover } from '../../language/hover.ts';
import { env } from '../env/index.ts';
import { plan } from '../plan/index.ts';
import { checksOf, waiversOf } from './checks.ts';
import { coverageOf } from '../../core/coverage-report.ts';
import { judgeCoverage } from './coverage.ts';
import { penstock } from './index.ts';
import { judgeJunit } from './junit.ts';

const systems = [penstock, plan, env];
const tasks =
  '# Tasks\n\n## Loading\n\n| Task | Priority | Status |\n|--|--|--|\n| Load orders | P0 | Done |\n';

async function checksIn(text: string) {
  const { platform } = await openFixture(systems, { '/w/penstock.yaml': text, '/w/tasks.md': tasks });
  const project = platform.projects().find(({ system }) => system === 'penstock')!;
  return { checks: checksOf(project, platform.facts), waivers: waiversOf(project, platform.facts), platform };
}

test('a check whose own time cannot be read knows it, and takes no other one for it', async () => {
  const { checks } = await checksIn(`checks:
  slow: { env: A, timeout: 300ms, max-age: 7 days }
  number: { env: A, timeout: 30 }
  none: { env: A, timeout: 0s }
  old: { env: A, max-age: 7 days }
  fine: { env: A, timeout: 0.3s, max-age: 7d }
`);
  expect(checks.map(({ wrong }) => wrong)).toEqual([
    {
      seen: 'its `timeout` in penstock.yaml is wrong: `300ms` is no duration',
      next: 'write seconds, as `0.3s`',
    },
    {
      seen: 'its `timeout` in penstock.yaml is wrong: `30` is no duration',
      next: 'write hours, minutes and seconds, as `1h`, `5m`, `90s` or `1h30m`',
    },
    {
      seen: 'its `timeout` in penstock.yaml is wrong: nothing can end in no time',
      next: 'write a longer duration, as `90s`',
    },
    {
      seen: 'its `max-age` in penstock.yaml is wrong: `7 days` is no age',
      next: 'write days, hours, minutes and seconds, as `7d`, `1d12h` or `30m`',
    },
    undefined,
  ]);
  expect(checks.at(-1)).toMatchObject({ timeoutMs: 300 });
});

test('a check is made of what is written, with what is usual for the rest', async () => {
  const { checks } = await checksIn(`checks:
  exports:
    title: The exports are there
    file: { path: [data/*.csv, more/a.csv], at-least: 3 }
    items: [loading/load-orders]
    categories: Loading
    max-age: 1d12h
    timeout: 20s
    weight: 2
  ports: { port: 5432 }
  cache: { redis: true }
  broker: { kafka: 'broker.internal' }
  db: { postgres: '[::1]:5433' }
  search: { elasticsearch: http://search:9201 }
  safe: { elasticsearch: https://localhost }
  web: { http: { url: 'http://localhost:9090/x', status: 204, json: { data.up: 1 } } }
  names: { defined: { kind: extractor, name: 'tap-*', at-least: 2 } }
  vars: { env: [A, B] }
  last: { ran: 'pipeline:daily@sub' }
  cmd: { run: { command: python checks/a.py, cwd: sub, exit: 3 } }
  bound: { check: dbt:results }
  ok: { valid: dbt }
`);
  const [first, ...rest] = checks;
  expect(first).toMatchObject({
    id: 'exports',
    title: 'The exports are there',
    probe: { kind: 'file', patterns: ['data/*.csv', 'more/a.csv'], atLeast: 3 },
    about: { items: ['loading/load-orders'], systems: [], categories: ['Loading'] },
    maxAgeMs: 36 * 3_600_000,
    timeoutMs: 20_000,
    weight: 2,
    folder: '/w',
    location: { path: '/w/penstock.yaml' },
  });
  expect(rest.map(({ probe }) => probe)).toEqual([
    { kind: 'port', address: { host: 'localhost', port: 5432 } },
    { kind: 'hello', protocol: 'redis', address: { host: 'localhost', port: 6379 } },
    { kind: 'hello', protocol: 'kafka', address: { host: 'broker.internal', port: 9092 } },
    { kind: 'hello', protocol: 'postgres', address: { host: '::1', port: 5433 } },
    { kind: 'hello', protocol: 'elasticsearch', address: { host: 'search', port: 9201 } },
    {
      kind: 'hello',
      protocol: 'elasticsearch',
      address: { host: 'localhost', port: 9200, isSecure: true },
    },
    { kind: 'http', url: 'http://localhost:9090/x', status: 204, json: [{ path: 'data.up', equals: '1' }] },
    { kind: 'defined', what: 'extractor', name: 'tap-*', atLeast: 2 },
    { kind: 'env', names: ['A', 'B'] },
    { kind: 'ran', step: 'pipeline:daily', project: '/w/sub' },
    { kind: 'command', words: ['python', 'checks/a.py'], cwd: '/w/sub', exit: 3 },
    { kind: 'check', of: 'dbt:results' },
    { kind: 'valid', system: 'dbt' },
  ]);
  expect(rest.every(({ title }) => title !== '')).toBe(true);
});

test('waivers count until a day that can be read', async () => {
  const { waivers } = await checksIn(`checks: { a: { env: A } }
waivers:
  - { check: a, reason: later, by: Ada, until: 2026-12-24 }
  - { check: a, reason: never, until: 2026-02-30 }
`);
  expect(waivers).toMatchObject([
    { check: 'a', reason: 'later', by: 'Ada', until: '2026-12-24' },
    { check: 'a', reason: 'never', until: undefined },
  ]);
});

test('what cannot be meant is found where it stands', async () => {
  await checkFindings(
    systems,
    `#- /w/tasks.md
${tasks}
#- /w/penstock.yaml
checks:
  fine: { file: a.csv, items: [loading/load-orders], max-age: 7d }
  nothing: { title: x }
# ^^^^^^^ error penstock/invalid-check: nothing says how \`nothing\` is proved; add one of \`file\`, \`valid\`, \`defined\`, \`env\`, \`port\`, \`http\`, \`redis\`, \`postgres\`, \`kafka\`, \`elasticsearch\`, \`junit\`, \`coverage\`, \`ran\`, \`run\`, \`check\`
  both: { file: a.csv, env: A }
#                      ^^^ error penstock/invalid-check: a check asks one thing, and this one has \`file\` already; make \`env\` a check of its own
  unknown: { fiel: a.csv }
#            ^^^^ error penstock/unknown-key: unknown key \`fiel\`; did you mean \`file\`?
  gone: { env: A, items: [loading/load-ordres] }
#                         ^^^^^^^^^^^^^^^^^^^ warning plan/undefined-item: no plan has a task or criterion with the id \`loading/load-ordres\`; did you mean \`loading/load-orders\`?
  old: { env: A, max-age: 7 days }
#                         ^^^^^^ error penstock/invalid-duration: \`7 days\` is no age; write days, hours, minutes and seconds, as \`7d\`, \`1d12h\` or \`30m\`
  never: { env: A, max-age: 0d }
#                           ^^ error penstock/invalid-duration: nothing stays as new as that; write a longer age, as \`7d\`
  slow: { env: A, timeout: soon }
#                          ^^^^ error penstock/invalid-duration: \`soon\` is no duration; write hours, minutes and seconds, as \`1h\`, \`5m\`, \`90s\` or \`1h30m\`
  brief: { env: A, timeout: 300ms }
#                           ^^^^^ error penstock/invalid-duration: \`300ms\` is no duration; write seconds, as \`0.3s\`
  db: { port: db }
#             ^^ error penstock/invalid-check: \`db\` is no address of a port; write \`5432\` or \`localhost:5432\`
  far: { port: 70000 }
#              ^^^^^ error penstock/invalid-value: \`70000\` is too large; it must be at most 65535
  empty: { run: '' }
#          ^^^ error penstock/invalid-value: \`run\` must not be empty; fill it in
  cache: { redis: 'redis://:hidden@cache:6379/0' }
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error penstock/invalid-check: nobody logs in to see whether it answers; write \`cache:6379\` alone
  web: { http: localhost:80 }
#              ^^^^^^^^^^^^ error penstock/invalid-check: \`localhost:80\` is no address that can be asked; write it whole, as \`http://localhost:9090/-/ready\`
  last: { ran: pipeline:nope }
#              ^^^^^^^^^^^^^ error penstock/undefined-step: there is no step \`pipeline:nope\` in this workspace; correct the name, \`penstock steps\` lists them all
  cmd: { run: 'a && b' }
#                ^^ warning penstock/unreadable-command: no shell runs this, so \`&&\` reaches the program as it is; make it a step of its own, or run \`sh -c '…'\`
  other: { check: fone }
#                 ^^^^ error penstock/undefined-check: there is no check \`fone\` in this workspace; did you mean \`fine\`?
waivers:
  - { check: fine, by: Ada, reason: x, until: tomorrow }
#                                             ^^^^^^^^ error penstock/invalid-date: \`tomorrow\` is no day of the calendar, so the waiver does not count; write it as \`2026-12-24\`
  - { check: nope, reason: x, by: Ada, until: 2026-12-24 }
#            ^^^^ error penstock/undefined-check: there is no check \`nope\` in this workspace; correct the name, \`penstock readiness\` lists them all
  - { check: fine, reason: x, by: Ada, until: 2026-12-24 }
#            ^^^^ warning penstock/duplicate-waiver: \`fine\` is waived twice, and the second waiver counts once the first has ended; remove one of them
  - { check: other, reason: x, until: 2026-12-24 }
#            ^^^^^ warning penstock/waiver-without-name: this waiver names nobody who decided so; add \`by\`, as \`by: Ada\`
`,
  );
});

test('names complete, and lead to what they name', async () => {
  const text = 'checks:\n  a: { env: A, items: [loading/<|>load-orders] }\nwaivers:\n  - { check: a }\n';
  const plain = text.replace('<|>', '');
  const { platform } = await openFixture(systems, { '/w/penstock.yaml': plain, '/w/tasks.md': tasks });
  const labels = complete(platform, '/w/penstock.yaml', text.indexOf('<|>')).items.map(({ label }) => label);
  expect(labels).toContain('loading/load-orders');
  const targets = define(platform, '/w/penstock.yaml', text.indexOf('<|>'))?.targets ?? [];
  expect(targets.map(({ path }) => path)).toEqual(['/w/tasks.md']);
  const waived = complete(platform, '/w/penstock.yaml', plain.lastIndexOf('check: a') + 8);
  expect(waived.items.map(({ label }) => label)).toEqual(['a']);
  expect(hover(platform, '/w/penstock.yaml', plain.indexOf('env') + 1)?.markdown).toContain('variables');
});

test.each([
  ['postgres: "${DB<|>"', '"${DB_HOST}"'],
  ['postgres: ${<|>}:5432', '${DB_HOST}:5432'],
  ['http: "http://${DB_<|>}/"', '"http://${DB_HOST}/"'],
])('variables complete in the address of a check: %s', async (check, written) => {
  const text = `checks:\n  a:\n    ${check}\n`;
  const plain = text.replace('<|>', '');
  const { platform } = await openFixture(systems, { '/w/penstock.yaml': plain, '/w/.env': 'DB_HOST=x\n' });
  const found = complete(platform, '/w/penstock.yaml', text.indexOf('<|>')).items.filter(
    ({ label }) => label === 'DB_HOST',
  );
  expect(found).toHaveLength(1);
  const [{ span, insertText, label }] = found as [(typeof found)[number]];
  expect(plain.slice(0, span.start) + (insertText ?? label) + plain.slice(span.end)).toContain(written);
});

test('variables complete nowhere else', async () => {
  const text = 'checks:\n  a: { file: "${<|>", postgres: "x" }\n';
  const { platform } = await openFixture(systems, {
    '/w/penstock.yaml': text.replace('<|>', ''),
    '/w/.env': 'DB_HOST=x\n',
  });
  const labels = complete(platform, '/w/penstock.yaml', text.indexOf('<|>')).items.map(({ label }) => label);
  expect(labels).not.toContain('DB_HOST');
});

const file = (text: string) => [{ path: '/w/r.xml', text, modifiedMs: 1 }];

test.each([
  [
    '<testsuites><testsuite><testcase/><testcase><skipped/></testcase></testsuite></testsuites>',
    'passed',
    '2 tests, 0 failed, 1 skipped',
  ],
  [
    '<testsuite><testcase><failure/><error/></testcase><testcase><error/></testcase></testsuite>',
    'failed',
    '2 tests, 2 failed',
  ],
  [
    '<testsuite><!-- <testcase><failure/></testcase> --><testcase><system-out><![CDATA[<failure>]]></system-out></testcase></testsuite>',
    'passed',
    '1 test, 0 failed',
  ],
  ['<testsuite/>', 'unknown', '0 tests, 0 failed'],
  ['<testsuite><testcase><skipped/></testcase></testsuite>', 'unknown', '1 test, 0 failed, 1 skipped'],
  [
    '<testsuites><testsuite><testcase name="a"/><testca',
    'unknown',
    '1 test, 0 failed, then the report breaks off',
  ],
  ['<testsuites><testsuite><testcase name="a"><failure/></testca', 'failed', '1 test, 1 failed'],
  ['<html>no report</html>', 'unknown', 'no JUnit report'],
])('reads the JUnit report %s', (text, state, seen) => {
  expect(judgeJunit(file(text))).toMatchObject({ state, seen });
});

test.each([
  ['<?xml version="1.0"?><coverage line-rate="0.8214" branch-rate="0"/>', 82.1],
  ['TN:\nSF:a.ts\nLF:10\nLH:9\nend_of_record\nSF:b.ts\nLF:10\nLH:0\n', 45],
  ['{"totals": {"percent_covered": 91.25}}', 91.3],
  ['{"total": {"lines": {"pct": 70}}}', 70],
  ['{"a": 1}', undefined],
  ['{', undefined],
  ['nothing', undefined],
])('reads the coverage of %s', (text, percent) => {
  expect(coverageOf(text)).toBe(percent);
});

test('holds coverage against the share that is asked for', () => {
  const report = file('<coverage line-rate="0.5"/>');
  expect(judgeCoverage(report, 50).state).toBe('passed');
  expect(judgeCoverage(report, 51)).toMatchObject({ state: 'failed', seen: '50 % of lines covered' });
  expect(judgeCoverage(report, undefined).state).toBe('passed');
  expect(judgeCoverage(file('<coverage line-rate="0"/>'), undefined).state).toBe('unknown');
  expect(judgeCoverage(file(''), 51).state).toBe('unknown');
  expect(judgeCoverage(file('<coverage line-rate="1.5"/>'), 51).state).toBe('unknown');
});

test('a check without a title is called by its command, without what is secret in it', async () => {
  const { checks } = await checksIn('checks:\n  up: { run: mysqladmin ping --password hunter2 }\n');
  expect(checks).toMatchObject([
    {
      title: 'mysqladmin ping --password ***',
      probe: { words: ['mysqladmin', 'ping', '--password', 'hunter2'] },
    },
  ]);
});

test('addresses may leave hosts and ports to variables', async () => {
  const text = `checks:
  db: { postgres: '\${DB_HOST}' }
  port: { port: "\${DB_HOST}:\${DB_PORT:-5432}" }
  web: { http: { url: 'http://me:\${PASS}@\${WEB}/ready?token=abc' } }
`;
  const { checks, platform } = await checksIn(text);
  expect(checks.map(({ title, probe }) => [title, probe])).toMatchObject([
    [
      'PostgreSQL answers at ${DB_HOST}',
      { kind: 'hello', address: { open: { text: '${DB_HOST}', usualPort: 5432 } } },
    ],
    ['${DB_HOST}:${DB_PORT:-5432} is open', { kind: 'port' }],
    ['http://${WEB}/ready?… answers', { kind: 'http', url: 'http://me:${PASS}@${WEB}/ready?token=abc' }],
  ]);
  expect(platform.findings('/w/penstock.yaml').map(({ code }) => code)).not.toContain(
    'penstock/invalid-check',
  );
  expect(platform.secrets()).toEqual([]);
  const uses = platform.facts.of('/w/penstock.yaml').flatMap((fact) => {
    const isVariable = fact.fact === 'use' && fact.namespaces.includes('env');
    return isVariable ? [`${fact.name} ${fact.role} ${text.slice(fact.span.start, fact.span.end)}`] : [];
  });
  expect(uses).toContain('DB_PORT deferred DB_PORT');
  expect(uses).toContain('WEB expanded WEB');
});
