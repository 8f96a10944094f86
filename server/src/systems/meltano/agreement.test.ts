import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { meltano } from './index.ts';

interface Case {
  readonly name: string;
  readonly isRefused: boolean;
  readonly files: Readonly<Record<string, string>>;
}

/** Refused by Meltano, and not to be told from the files alone, or not yet. */
const silent: Readonly<Record<string, string>> = {
  'no-env-run': 'the command line may name an environment',
  'no-default-run': 'the command line may name an environment',
  'inherit-undef-used': 'Meltano Hub may know the plugin; a warning says so',
  'inherit-othertype': 'Meltano Hub may know the plugin; a warning says so',
  'inherit-mapping': 'a mapping is no plugin, but Meltano Hub may know one of that name; a warning says so',
  nolock: 'Meltano Hub may know the plugin',
};

test.each(readCases())('Penstock agrees with Meltano on $name', async ({ name, isRefused, files }) => {
  const { platform } = await openFixture([meltano], files);
  const findings = [...platform.paths()].flatMap((path) => platform.findings(path));
  const errors = findings.filter((finding) => finding.severity === 'error').map((finding) => finding.message);
  if (isRefused && silent[name] === undefined) expect(errors).not.toEqual([]);
  else expect(errors).toEqual([]);
});

test('what stays silent is listed with its reason, and nothing else is', () => {
  const refused = new Set(readCases().flatMap(({ name, isRefused }) => (isRefused ? name : [])));
  expect(Object.keys(silent).filter((name) => !refused.has(name))).toEqual([]);
});

function readCases(): readonly Case[] {
  const text = readFileSync(new URL('./test-support/agreement.txt', import.meta.url), 'utf8');
  const lines = text.split('\n');
  const base = lines.flatMap((line) => (line.startsWith('|') ? line.slice(1) : []));
  return text
    .split(/^== /mu)
    .slice(1)
    .map((part) => readCase(part, base));
}

function readCase(part: string, base: readonly string[]): Case {
  const [head = '', ...rest] = part.replace(/\n$/u, '').split('\n');
  const [name = '', verdict = ''] = head.split(/[ :]/u);
  const files: Record<string, string> = {};
  let lines = [...base];
  let hunk: string[] = [];
  let into: string | undefined;
  const finish = (): void => {
    const added = hunk.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
    if (into !== undefined) files[into] = added.map((line) => `${line}\n`).join('');
    else if (hunk.length > 0) lines = applyHunk(lines, hunk);
    hunk = [];
  };
  for (const line of rest) {
    const file = /^(?:(whole|also)|file (.*))$/u.exec(line);
    if (!file) hunk.push(line);
    else {
      finish();
      into = file[1] === 'whole' ? '/w/meltano.yml' : file[2] === undefined ? undefined : `/w/${file[2]}`;
    }
  }
  finish();
  return {
    name,
    isRefused: verdict === 'refuses',
    files: { '/w/meltano.yml': lines.map((line) => `${line}\n`).join(''), ...files },
  };
}

function applyHunk(lines: readonly string[], hunk: readonly string[]): string[] {
  const before = hunk.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
  const after = hunk.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
  const at = lines.findIndex((_, start) => before.every((line, offset) => lines[start + offset] === line));
  if (at < 0) throw new Error(`nothing to change: ${before.join('⏎')}`);
  return lines.toSpliced(at, before.length, ...after);
}
