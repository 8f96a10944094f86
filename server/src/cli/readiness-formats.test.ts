import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, expect, test } from 'vitest';
import { toy } from '../../../test/support/toy-system.ts';
import { compose } from '../systems/compose/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { plan } from '../systems/plan/index.ts';
import { main } from './main.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const files = {
  'toy.txt': 'shop',
  'tasks.md':
    '# Tasks\n\n## Loading\n| Task | Status |\n|--|--|\n| Load | Done |\n| Show | Open |\n\n## Readiness\n| Category | Status | Completion |\n|--|--|--|\n| Loading | Ready | 90% |\n',
  'penstock.yaml': `checks:
  exports: { title: Exports & more, file: data/*.csv, items: [loading/load], categories: Loading }
  shown: { file: toy.txt, items: [loading/show], categories: Loading, weight: 3 }
  db: { port: 5432 }
  later: { env: NOBODY_SETS_THIS }
waivers:
  - { check: later, reason: not yet, by: Ada, until: 2999-12-31 }
  - { check: shown, reason: none, until: 2999-12-31 }
  - { check: exports, reason: long ago, until: 2000-01-01 }
`,
};

function folderOf(texts: Readonly<Record<string, string>> = files): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-readiness-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function readiness(cwd: string, ...args: readonly string[]) {
  let [out, err] = ['', ''];
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const pages = join(process.cwd(), 'docs', 'rules');
  const status = await main(['readiness', ...args], {
    systems: [penstock, plan, compose, toy],
    version: '0.0.0',
    pages,
    io,
  });
  return { status, out, err };
}

test('as text: what fails says what to do, what is waived until when', async () => {
  const { status, out } = await readiness(folderOf());
  expect(status).toBe(1);
  expect(out).toContain(`Checks: 3 passed, 1 failed, 1 not known, 1 waived (71 % proven)
  ✗ exports: Exports & more
      expected  a file at \`data/*.csv\`
      seen      no file (.)
      next      make the file, or correct the path
      waiver    ended on 2000-01-01 (long ago)
  ✓ shown: Files at toy.txt; it is there (toy.txt)
  ? db: localhost:5432 is open
      expected  localhost:5432 is open
      seen      not looked at, because it asks the network
      next      check it now, or run \`penstock readiness --network\`
  ~ later: NOBODY_SETS_THIS set
      expected  \`NOBODY_SETS_THIS\` set
      seen      \`NOBODY_SETS_THIS\` not set
      waived    failed, until 2999-12-31 by Ada: not yet

Categories
  Loading: 90 % claimed; 1 passed, 1 failed (75 % proven); claimed
      next level: mend \`exports\`: make the file, or correct the path

Ticked but failing
  Load (tasks.md:6): exports

Open but proven
  Show (tasks.md:7): shown
`);
});

test('as JSON: what its schema allows', async () => {
  const schema = JSON.parse(readFileSync('server/schemas/penstock/readiness.json', 'utf8')) as object;
  const isValid = new Ajv2020({ allErrors: true }).compile(schema);
  for (const folder of [folderOf(), folderOf({ 'a.txt': '' })]) {
    const read: unknown = JSON.parse((await readiness(folder, '--format', 'json')).out);
    expect(isValid(read), JSON.stringify(isValid.errors)).toBe(true);
  }
});

test('as SARIF and for GitHub: each at its place', async () => {
  const folder = folderOf();
  const github = (await readiness(folder, '--format', 'github')).out;
  expect(github).toMatch(/^::error title=readiness::not ready: 1 task open, 1 ticked but failing/);
  expect(
    github
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^::(\w+) file=([^,]*),line=(\d+).*title=([^:]*)::.*$/, '$1 $2:$3 $4')),
  ).toEqual([
    'error penstock.yaml:2 readiness/check-failed',
    'notice penstock.yaml:4 readiness/check-unknown',
    'notice penstock.yaml:8 readiness/needless-waiver',
    'warning penstock.yaml:9 readiness/expired-waiver',
    'warning tasks.md:6 readiness/ticked-but-failing',
    '',
  ]);
  const sarif = JSON.parse((await readiness(folder, '--format', 'sarif')).out) as {
    readonly runs: readonly [
      {
        readonly results: readonly { readonly ruleId: string }[];
        readonly properties: { readonly state: string };
      },
    ];
  };
  expect(sarif.runs[0].results.map(({ ruleId }) => ruleId)).toHaveLength(5);
  expect(sarif.runs[0].properties.state).toBe('not-ready');
});

test('as JUnit: what is not known is skipped, never passed', async () => {
  const { out } = await readiness(folderOf(), '--format', 'junit');
  expect(out).toContain(
    '<testsuites name="penstock readiness" tests="7" failures="2" errors="0" skipped="2">',
  );
  expect(out).toContain('name="exports: Exports &amp; more"');
  expect(out).toContain('<failure message="no file" type="failed">');
  expect(out).toContain('<skipped message="waived until 2999-12-31 by Ada: not yet"/>');
});

test('when it was seen is told, and a category is called as the plan calls it', async () => {
  const folder = folderOf({
    ...files,
    'penstock.yaml': `checks:
  shown: { file: toy.txt, max-age: 1d, categories: loading }
`,
  });
  const then = new Date(Date.now() - 3 * 86_400_000);
  utimesSync(join(folder, 'toy.txt'), then, then);
  const seen = 'it is there, 3 days old (toy.txt, 3 days ago)';
  expect((await readiness(folder)).out).toContain(`seen      ${seen}\n`);
  expect((await readiness(folder, '--format', 'markdown')).out).toContain(`| ${seen} |`);
  const { out } = await readiness(folder, '--format', 'junit');
  expect(out).toContain(`seen: ${seen}&#10;`);
  expect(out).toContain('<testsuite name="Loading" tests="1"');
});

test('as JUnit and for GitHub: the verdict fails where the exit status does, also without any check', async () => {
  const alone = folderOf({ 'tasks.md': files['tasks.md'] });
  for (const [threshold, status] of [
    [[], 1],
    [['--fail-on', 'failed'], 0],
  ] as const) {
    const junit = await readiness(alone, '--format', 'junit', ...threshold);
    expect(junit.status).toBe(status);
    expect(junit.out).toContain(`tests="1" failures="${status}"`);
    expect(junit.out.includes('<failure message="not ready: 1 task open" type="verdict">')).toBe(
      status === 1,
    );
    const github = await readiness(alone, '--format', 'github', ...threshold);
    expect(github.out).toBe(
      `::${status === 1 ? 'error' : 'notice'} title=readiness::not ready: 1 task open\n`,
    );
  }
  expect((await readiness(alone)).out).toContain('Checks: none, so what the plan claims stays a claim');
});

test('as Markdown: tables of categories and checks', async () => {
  const { out } = await readiness(folderOf(), '--format', 'markdown');
  expect(out).toContain('| Loading | 90 % | 1 passed, 1 failed (75 % proven) | claimed |');
  expect(out).toContain(
    '| ✗ failed | `exports` | a file at `data/*.csv` | no file (.) | make the file, or correct the path; its waiver ended on 2000-01-01 (long ago) |',
  );
  expect(out).toContain('- Load: `exports`');
  const manifest = 'checks: { "![](http://a)": { file: "![](http://a)" } }\n';
  const evil = await readiness(folderOf({ 'penstock.yaml': manifest }), '--format', 'markdown');
  expect(evil.out).toContain('| a file at `![]\\(http://a)` |');
});

test.each([
  [['--fail-on', 'failed'], 1],
  [['--fail-on', 'unknown', '--check', 'shown'], 0],
  [['--fail-on', 'unknown', '--check', 'exports'], 1],
  [['--fail-on', 'unknown', '--check', 'shown', '--check', 'exports'], 1],
  [['--min', '60'], 0],
  [['--min', '90'], 1],
  [['--min', '90', '--check', 'shown'], 0],
  [['--min', '60', '--check', 'exports'], 1],
  [['--check', 'shown'], 0],
  [['--check', 'exports'], 1],
  [['--check', 'gone'], 2],
  [['--fail-on', 'nothing'], 2],
  [['--min', 'much'], 2],
  [['--format', 'yaml'], 2],
])('penstock readiness %j ends with %d', async (args, status) => {
  expect((await readiness(folderOf(), ...args)).status).toBe(status);
});

test('thresholds decide instead of the plan', async () => {
  const open = '# Tasks\n\n## Loading\n| Task | Status |\n|--|--|\n| Show | Open |\n';
  const folder = folderOf({
    'toy.txt': '',
    'tasks.md': open,
    'penstock.yaml': 'checks: { a: { file: toy.txt } }\n',
  });
  expect((await readiness(folder)).status).toBe(1);
  expect((await readiness(folder, '--fail-on', 'unknown')).status).toBe(0);
  // Nobody asks for the state of the service, and no format tells of it.
  writeFileSync(join(folder, 'compose.yaml'), 'services: { db: { image: postgres } }\n');
  expect((await readiness(folder, '--format', 'junit')).out).not.toContain('compose:service');
  expect((await readiness(folder, '--fail-on', 'unknown')).status).toBe(0);
});

test('the history grows by what changed, unless somebody wants none', async () => {
  const folder = folderOf();
  const history = (): readonly string[] => {
    const text = readFileSync(join(folder, '.penstock/readiness/history.jsonl'), 'utf8');
    return text.trim().split('\n');
  };
  await readiness(folder);
  await readiness(folder);
  expect(history()).toHaveLength(1);
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'a.csv'), '');
  await readiness(folder, '--no-history');
  expect(history()).toHaveLength(1);
  const { out } = await readiness(folder, '--format', 'json');
  expect(JSON.parse(history()[1]!)).toMatchObject({ format: 1, checks: { exports: 'passed' } });
  expect((JSON.parse(out) as { trend: { points: unknown[] } }).trend.points).toHaveLength(2);
});
