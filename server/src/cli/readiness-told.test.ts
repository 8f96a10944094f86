import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { penstock } from '../systems/penstock/index.ts';
import { plan } from '../systems/plan/index.ts';
import { main } from './main.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderOf(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-readiness-told-'));
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
  const status = await main(['readiness', ...args], { systems: [penstock, plan], version: '0', io });
  return { status, out, err };
}

const formats = ['text', 'json', 'junit', 'sarif', 'markdown', 'github'] as const;
const secret = 'sup3rs3cret-value-9';

test.each(formats)('as %s no secret is shown, whether the check was looked at or not', async (format) => {
  const folder = folderOf({
    '.env': `DB_PASSWORD=${secret}\n`,
    'penstock.yaml': `checks:
  login: { run: [node, -e, "console.log('${secret}'); process.exit(1)"] }
  told: { title: 'in with ${secret}', file: none.csv }
`,
  });
  for (const asked of [[], ['--commands'], ['--check', 'login']]) {
    const { out } = await readiness(folder, '--format', format, ...asked);
    expect(out).not.toContain(secret);
    expect(out).toContain('login');
  }
});

const files = {
  'tasks.md':
    '# Tasks\n\n## Loading\n| Task | Priority | Status |\n|--|--|--|\n| Load | P0 | Done |\n| Show | P0 | Open |\n',
  'here.txt': '',
  'penstock.yaml': `checks:
  here: { file: here.txt, categories: [Loading] }
  gone: { file: gone.txt, items: [loading/load] }
  later: { port: 5432 }
waivers:
  - { check: gone, reason: moved, by: Ada, until: 2000-01-01 }
  - { check: here, reason: moved, by: Ada, until: 2000-01-01 }
`,
};

test('a check that is named is told of alone, as it is judged', async () => {
  const folder = folderOf(files);
  const text = await readiness(folder, '--check', 'here');
  expect(text).toEqual({
    status: 0,
    err: '',
    out: `As expected: 1 passed

Checks: 1 passed (100 % proven)
  ✓ here: Files at here.txt; it is there (here.txt)
`,
  });
  const junit = await readiness(folder, '--check', 'here', '--format', 'junit');
  expect(junit.out).toContain('tests="2" failures="0" errors="0" skipped="0"');
  expect(junit.out).toContain('<testsuite name="Loading" tests="1"');
  expect((await readiness(folder, '--check', 'here', '--format', 'github')).out).toBe(
    `::notice title=readiness::as expected: 1 passed
::warning file=penstock.yaml,line=7,endLine=7,col=14,endColumn=18,title=readiness/expired-waiver::this waiver ended on 2000-01-01; mend what it is for, or decide on a new day
`,
  );
  expect(JSON.parse((await readiness(folder, '--check', 'gone', '--format', 'json')).out)).toMatchObject({
    state: 'not-ready',
    verdict: 'not as expected: 1 failed',
    plans: [],
    checks: [{ id: 'gone' }],
    items: [{ id: 'loading/load', standing: 'ticked-but-failing' }],
  });
});

test('a check that nobody has is told with the one that is nearest', async () => {
  const { status, err } = await readiness(folderOf(files), '--check', 'gon');
  expect([status, err]).toEqual([2, 'penstock readiness: there is no check `gon`; did you mean `gone`?\n']);
});

test('a waiver that ended is told where its check is not as expected', async () => {
  const folder = folderOf(files);
  const told = 'ended on 2000-01-01 (by Ada: moved)';
  const { out } = await readiness(folder);
  expect(out).toContain(`      next      make the file, or correct the path\n      waiver    ${told}\n`);
  expect(out.split(told)).toHaveLength(2);
  expect((await readiness(folder, '--format', 'markdown')).out).toContain(`path; its waiver ${told} |`);
  expect((await readiness(folder, '--format', 'junit')).out).toContain(`&#10;waiver: ${told}</failure>`);
});

test('another machine that nobody allowed is one finding, which says what to do', async () => {
  const folder = folderOf({ 'penstock.yaml': 'checks: { far: { port: "example.com:5432" } }\n' });
  const { out } = await readiness(folder, '--network', '--format', 'github');
  const lines = out.split('\n').filter((line) => line.includes('penstock.yaml'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('readiness/host-not-allowed');
  expect(lines[0]).toContain('or run with `--allow-host example.com`');
});

test('what is too large, in error or without an end says so, and what to do', async () => {
  const server = createServer((_, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const folder = folderOf({
      'junit.xml': '',
      'penstock.yaml': `checks:
  large: { junit: junit.xml }
  web: { http: 'http://localhost:${port}/' }
  long: { run: [node, -e, 'setInterval(() => {}, 1000)'], timeout: 1s }
`,
    });
    truncateSync(join(folder, 'junit.xml'), 70_000_000);
    const { out } = await readiness(folder, '--all');
    expect(out).toContain(
      'the file has 70 MB, too much to be read (junit.xml)\n      next      make it anew of less',
    );
    expect(out).toContain('it answers 500, which is an error');
    expect(out).toContain('it had not ended after 1 s');
  } finally {
    server.close();
  }
});
