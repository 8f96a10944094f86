import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { toy } from '../../../test/support/toy-system.ts';
import { defineSystem, type System } from '../core/system.ts';
import { main } from './main.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The toy with a fix that needs no look: `slip` becomes `mended`; `twice` becomes `slip`; `both` has two in each other's way. */
const mendable = defineSystem({
  ...toy,
  rules: [
    ...toy.rules,
    {
      id: 'toy/slip',
      severity: 'error',
      check: ({ source }, report) => {
        const into: Readonly<Record<string, string>> = { slip: 'mended', twice: 'slip', both: 'both' };
        for (const { 0: word, index } of source.text.matchAll(/^(?:slip|twice|both)/gm)) {
          const span = { start: index, end: index + word.length };
          const fix = {
            title: 'Mend',
            edits: [{ path: source.path, span, newText: into[word]! }],
            certain: true,
          };
          report(span, `\`${word}\` is a slip`, { fixes: [fix] });
        }
      },
    },
  ],
});

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-check-'));
  folders.push(folder);
  put(folder, { 'toy.txt': 'shop', ...files });
  return folder;
}

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function check(cwd: string, ...args: readonly string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text), cwd };
  const status = await main(['check', ...args], { systems: [mendable], version: '1.2.3', io });
  return { status, out, err };
}

function git(folder: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'pipe' });
}

function commit(folder: string): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'A state');
}

test('names each finding with its place and counts them; an error fails the check', async () => {
  const folder = folderOf({ 'a.toy': 'use x\nrule\n', 'b/c.toy': 'def y\n' });
  expect(await check(folder)).toEqual({
    status: 1,
    out: 'a.toy:1:5: error: no thing is named `x` [toy/undefined-thing]\na.toy:2:1: warning: the line says `rule` [toy/rule]\n\n1 error, 1 warning in 1 file.\n',
    err: '',
  });
  expect(await check(join(folder, 'b'))).toEqual({ status: 0, out: 'No findings.\n', err: '' });
});

test('what a project decides about severities counts here, too', async () => {
  const openProject: NonNullable<System['openProject']> = (...place) => ({
    ...toy.openProject!(...place),
    severity: { 'toy/rule': 'error', 'toy/undefined-thing': 'off' },
  });
  const folder = folderOf({ 'a.toy': 'rule\nuse x\n' });
  let out = '';
  const io = { out: (text: string) => void (out += text), err: () => {}, cwd: folder };
  const status = await main(['check'], { systems: [{ ...toy, openProject }], version: '1.2.3', io });
  expect([status, out]).toEqual([
    1,
    'a.toy:1:1: error: the line says `rule` [toy/rule]\n\n1 error in 1 file.\n',
  ]);
});

test('fails from the severity on that is asked for', async () => {
  const folder = folderOf({ 'a.toy': 'rule\n' });
  expect((await check(folder)).status).toBe(0);
  expect((await check(folder, '--severity', 'warning')).status).toBe(1);
  const refused = await check(folder, '--severity', 'bad');
  expect([refused.status, refused.err]).toEqual([
    2,
    'penstock: there is no severity `bad`; use error, warning, information, hint\n',
  ]);
});

test('reports on the files that are named, with the whole project in mind, each once', async () => {
  const folder = folderOf({ 'a.toy': 'use x\nuse y\n', 'b.toy': 'def x\nuse z\n' });
  const { out } = await check(folder, 'a.toy', 'a.toy', '.', '--format', 'json');
  expect((JSON.parse(out) as { findings: unknown[] }).findings).toHaveLength(2);
  const { out: one } = await check(folder, 'a.toy', '--format', 'json');
  expect(JSON.parse(one)).toEqual({
    findings: [
      {
        file: 'a.toy',
        range: { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } },
        severity: 'error',
        code: 'toy/undefined-thing',
        message: 'no thing is named `y`',
        fixable: false,
        help: 'docs/rules/toy/undefined-thing.md',
      },
    ],
  });
});

test('says what cannot be checked', async () => {
  const folder = folderOf({});
  expect(await check(folder, 'nowhere')).toEqual({
    status: 2,
    out: '',
    err: 'penstock check: there is no file or folder nowhere; name one that exists\n',
  });
  rmSync(join(folder, 'toy.txt'));
  expect(await check(folder)).toEqual({
    status: 2,
    out: '',
    err: 'penstock check: there is nothing to check in this folder; name a folder with a project (toy.txt)\n',
  });
  expect((await check(folder, '--format', 'xml')).err).toBe(
    'penstock: there is no format `xml`; use text, json, sarif, github, junit\n',
  );
});

test('a file that no system knows is no finding, so that hooks may name any', async () => {
  const folder = folderOf({ 'README.rst': 'x' });
  expect((await check(folder, 'README.rst')).status).toBe(0);
});

test('mends what needs no look, until nothing is left, and reports the rest', async () => {
  const folder = folderOf({ 'a.toy': 'slip\r\ntwice\r\nuse x\r\n', 'b.toy': 'def y\n' });
  const untouched = statSync(join(folder, 'b.toy')).mtimeMs;
  const { status, out } = await check(folder, '--fix');
  expect(readFileSync(join(folder, 'a.toy'), 'utf8')).toBe('mended\r\nmended\r\nuse x\r\n');
  expect(out).toBe(
    'a.toy:1:1: fixed: Mend [toy/slip]\na.toy:2:1: fixed: Mend [toy/slip]\na.toy:2:1: fixed: Mend [toy/slip]\n' +
      'a.toy:3:5: error: no thing is named `x` [toy/undefined-thing]\n\n1 error in 1 file. 3 were fixed.\n',
  );
  expect(status).toBe(1);
  expect(statSync(join(folder, 'b.toy')).mtimeMs).toBe(untouched);
  expect(readdirSync(folder).sort()).toEqual(['a.toy', 'b.toy', 'toy.txt']);
});

test('tells programs what it mended, and ends with 0 when nothing is left', async () => {
  const folder = folderOf({ 'a.toy': 'slip\n' });
  const { status, out } = await check(folder, '--fix', '--format', 'json');
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
  expect(JSON.parse(out)).toEqual({
    findings: [],
    fixed: [{ file: 'a.toy', range, code: 'toy/slip', title: 'Mend' }],
  });
  expect(status).toBe(0);
});

test('a fix that mends nothing does not go on for ever', async () => {
  const folder = folderOf({ 'a.toy': 'both\n' });
  expect((await check(folder, '--fix')).status).toBe(1);
  expect(readFileSync(join(folder, 'a.toy'), 'utf8')).toBe('both\n');
});

test('mends only what is named, and no installed package', async () => {
  const folder = folderOf({
    'a.toy': 'slip\n',
    'b.toy': 'slip\n',
    'installed/p/toy.txt': 'p',
    'installed/p/a.toy': 'slip\n',
  });
  await check(folder, '--fix', 'a.toy', 'installed');
  expect(readFileSync(join(folder, 'a.toy'), 'utf8')).toBe('mended\n');
  expect(readFileSync(join(folder, 'b.toy'), 'utf8')).toBe('slip\n');
  expect(readFileSync(join(folder, 'installed/p/a.toy'), 'utf8')).toBe('slip\n');
});

test('leaves a file alone that is not UTF-8, and says so', async () => {
  const folder = folderOf({});
  const text = Buffer.from('slip\n# caf\u00e9\n', 'latin1');
  writeFileSync(join(folder, 'a.toy'), text);
  const { status, err } = await check(folder, '--fix');
  expect(readFileSync(join(folder, 'a.toy')).equals(text)).toBe(true);
  expect(err).toBe(`penstock check: ${join(folder, 'a.toy')} is not UTF-8 and was left alone\n`);
  expect(status).toBe(1);
});

test.skipIf(process.platform === 'win32')('a mended file keeps its mode, and a link stays one', async () => {
  const folder = folderOf({ 'real/a.toy': 'slip\n' });
  chmodSync(join(folder, 'real/a.toy'), 0o750);
  symlinkSync(join(folder, 'real/a.toy'), join(folder, 'b.toy'));
  await check(folder, '--fix', 'b.toy');
  expect(lstatSync(join(folder, 'b.toy')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'real/a.toy'), 'utf8')).toBe('mended\n');
  expect(statSync(join(folder, 'real/a.toy')).mode & 0o777).toBe(0o750);
});

test('a baseline keeps old findings from counting, also when their lines move', async () => {
  const folder = folderOf({ 'a.toy': 'use x\nuse x\nrule\n' });
  const written = await check(folder, '--write-baseline', 'base.json');
  expect(written.status).toBe(0);
  expect(written.err).toBe('penstock check: 3 findings written to base.json\n');
  put(folder, { 'a.toy': '# A word.\n\nuse x\nuse x\nrule\n' });
  expect(await check(folder, '--baseline', 'base.json')).toEqual({
    status: 0,
    out: 'No new findings. 3 findings were there before.\n',
    err: '',
  });
  put(folder, { 'a.toy': 'use x\nuse x\nuse x\nrule\n' });
  const third = await check(folder, '--baseline', 'base.json');
  expect([third.status, third.out.split('\n').at(-2)]).toEqual([
    1,
    '1 error in 1 file. 3 findings were there before.',
  ]);
});

test('a baseline names files from its own folder, counts what is alike, and can be read anew', async () => {
  const folder = folderOf({ 'm/a.toy': 'use x\nuse x\n', 'ci/keep': '' });
  await check(join(folder, 'm'), '--write-baseline', '../ci/base.json');
  const text = readFileSync(join(folder, 'ci/base.json'), 'utf8');
  expect(text).toMatch(
    /^\{\n  "version": 1,\n  "findings": \[\n    \{"file":"\.\.\/m\/a\.toy","code":"toy\/undefined-thing","fingerprint":"[0-9a-f]{16}","count":2\}\n  \]\n\}\n$/,
  );
  expect((await check(folder, '--baseline', 'ci/base.json')).status).toBe(0);
});

test('a baseline tells when it can shrink, and knows a renamed file', async () => {
  const folder = folderOf({ 'a.toy': 'use x\nrule\n', 'b.toy': 'use y\n' });
  await check(folder, '--write-baseline', 'base.json');
  put(folder, { 'b.toy': 'def y\n' });
  renameSync(join(folder, 'a.toy'), join(folder, 'c.toy'));
  expect(await check(folder, '--baseline', 'base.json')).toEqual({
    status: 0,
    out: 'No new findings. 2 findings were there before.\n',
    err: 'penstock check: base.json can shrink: 1 finding of it is gone; write it anew with --write-baseline\n',
  });
  expect((await check(folder, 'c.toy', '--baseline', 'base.json')).err).toBe('');
});

test('says when a baseline cannot be read', async () => {
  const folder = folderOf({ 'bad.json': '{"version": 1, "findings": [{}]}' });
  expect((await check(folder, '--baseline', 'none.json')).err).toBe(
    'penstock check: there is no baseline none.json; write one with --write-baseline none.json\n',
  );
  expect(await check(folder, '--baseline', 'bad.json')).toEqual({
    status: 2,
    out: '',
    err: 'penstock check: bad.json is no baseline; write it anew with --write-baseline bad.json\n',
  });
});

test('since a revision only new findings count: changed, added, renamed and removed files', async () => {
  const folder = folderOf({
    'a.toy': 'use old\nrule\n',
    'b.toy': 'def y\nuse gone\n',
    'c d.toy': 'use c\n',
    '.gitignore': 'installed/\n',
  });
  git(folder, 'init', '-q');
  commit(folder);
  put(folder, {
    'a.toy': '# Moved.\nuse old\nrule\nrule\n',
    'n.toy': 'use new\n',
    'b.toy': 'def z\n',
    'u.toy': 'use y\n',
  });
  renameSync(join(folder, 'c d.toy'), join(folder, 'e.toy'));
  const { status, out } = await check(folder, '--since', 'HEAD');
  expect(out).toBe(
    'a.toy:4:1: warning: the line says `rule` [toy/rule]\nn.toy:1:5: error: no thing is named `new` [toy/undefined-thing]\nu.toy:1:5: error: no thing is named `y` [toy/undefined-thing]\n\n2 errors, 1 warning in 3 files. 3 findings were there before.\n',
  );
  expect(status).toBe(1);
});

test('a finding elsewhere that a change brings about is new', async () => {
  const folder = folderOf({ 'a.toy': 'use x\n', 'b.toy': 'def x\n' });
  git(folder, 'init', '-q');
  commit(folder);
  rmSync(join(folder, 'b.toy'));
  const { status, out } = await check(folder, '--since', 'HEAD', 'a.toy');
  expect([status, out.split('\n')[0]]).toEqual([
    1,
    'a.toy:1:5: error: no thing is named `x` [toy/undefined-thing]',
  ]);
});

test('what git ignores counts for both sides: packages installed meanwhile make nothing new', async () => {
  const folder = folderOf({
    'a.toy': 'use x\n',
    '.gitignore': 'here.toy\n',
    'here.toy': 'def y\n',
    'b.toy': 'use y\nrule\n',
  });
  git(folder, 'init', '-q');
  commit(folder);
  expect((await check(folder, '--since', 'HEAD', '--severity', 'hint')).status).toBe(0);
});

test('a project in a folder of the repository is compared with that folder', async () => {
  const folder = folderOf({ 'x/toy.txt': 'x', 'x/a.toy': 'rule\n', 'other/b': 'b' });
  rmSync(join(folder, 'toy.txt'));
  git(folder, 'init', '-q');
  commit(folder);
  put(folder, { 'x/a.toy': 'rule\nuse n\n', 'other/b': 'c' });
  const { out } = await check(join(folder, 'x'), '--since', 'HEAD');
  expect(out.split('\n').at(-2)).toBe('1 error in 1 file. 1 finding was there before.');
});

test('says when there is nothing to compare with', async () => {
  const folder = folderOf({ 'a.toy': 'rule\n' });
  const alone = await check(folder, '--since', 'HEAD');
  expect([alone.status, alone.err]).toEqual([
    2,
    `penstock check: --since: ${folder} lies in no git repository\n`,
  ]);
  git(folder, 'init', '-q');
  commit(folder);
  for (const revision of ['nowhere', '--output=x', 'HEAD~7']) {
    const unknown = await check(folder, `--since=${revision}`);
    expect([unknown.status, unknown.err]).toEqual([
      2,
      `penstock check: --since: git knows no revision \`${revision}\` here; name a commit, branch or tag, and in a shallow clone fetch it first\n`,
    ]);
  }
  expect(existsSync(join(folder, 'x'))).toBe(false);
});

test('mends, then counts only what is new', async () => {
  const folder = folderOf({ 'a.toy': 'rule\n' });
  git(folder, 'init', '-q');
  commit(folder);
  put(folder, { 'a.toy': 'rule\nslip\n' });
  const { status, out } = await check(folder, '--fix', '--since', 'HEAD');
  expect(status).toBe(0);
  expect(out).toBe(
    'a.toy:2:1: fixed: Mend [toy/slip]\n\nNo new findings. 1 finding was there before. 1 was fixed.\n',
  );
  expect(readFileSync(join(folder, 'a.toy'), 'utf8')).toBe('rule\nmended\n');
});
