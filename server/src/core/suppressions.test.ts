import { expect, test } from 'vitest';
import { SourceFile } from './source-file.ts';
import { readSuppressions, wordsFor } from './suppressions.ts';
import type { Claim } from './system.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

/** Each suppression as `line: codes`, with `?` where the reason is missing. */
function read(format: Claim['format'], text: string): string[] {
  const source = new SourceFile('/w/file', text);
  const { tree } = format === 'yaml' ? parseYaml(text, { version: '1.1', duplicateKeys: 'last' }) : {};
  const claim: Claim = { kind: 'any', format, readsText: true, priority: 1 };
  return readSuppressions({ source, claim, ...(tree ? { tree } : {}) }).map(
    ({ about, codes, hasReason }) =>
      `${about}: ${codes.map(({ code }) => code).join(' ')}${hasReason ? '' : ' ?'}`,
  );
}

test('on a line it is about that line, alone about the next', () => {
  expect(
    read('yaml', 'a: 1 # penstock: ignore dbt/x -- why not\n# penstock: ignore dbt/y -- so\nb: 2\n'),
  ).toEqual(['0: dbt/x', '2: dbt/y']);
  expect(read('yaml', 'a:\r\n  # penstock: ignore dbt/y -- so\r\n  b: 2\r\n')).toEqual(['2: dbt/y']);
});

test('several alone are all about the line below them', () => {
  const text = '# penstock: ignore dbt/x -- so\n# penstock: ignore dbt/y -- so\nb: 2\n';
  expect(read('yaml', text)).toEqual(['2: dbt/x', '2: dbt/y']);
});

test('names several codes, a family, and a reason that may hold anything', () => {
  expect(read('python', 'x = 1 # penstock: ignore dbt/x, dbt/y meltano/* -- a -- b, c')).toEqual([
    '0: dbt/x dbt/y meltano/*',
  ]);
  expect(read('sql', 'select 1 -- penstock: ignore dbt/x -- legacy')).toEqual(['0: dbt/x']);
});

test('a reason is missing where nothing or only the placeholder is said', () => {
  for (const end of ['', ' --', ' -- ', ' -- …', ' -- why?'])
    expect(read('yaml', `a: 1 # penstock: ignore dbt/x${end}`)).toEqual(['0: dbt/x ?']);
});

test('SQL takes both its own comments and those of Jinja, also over lines', () => {
  expect(read('sql', '-- penstock: ignore dbt/x -- so\nselect 1\n')).toEqual(['1: dbt/x']);
  expect(
    read('sql', '{#- penstock: ignore dbt/x -- so\n   and so -#}\nselect 1 {# penstock: ignore dbt/y #}'),
  ).toEqual(['2: dbt/x', '2: dbt/y ?']);
  expect(read('sql', '{# penstock: ignore dbt/x -- not closed')).toEqual([]);
});

test('Markdown takes HTML comments and those of Jinja', () => {
  expect(read('markdown', '# Plan\n\n<!-- penstock: ignore plan/x -- so -->\n| a |\n')).toEqual([
    '3: plan/x',
  ]);
  expect(read('markdown', '{# penstock: ignore dbt/x -- so #}\n{% docs a %}')).toEqual(['1: dbt/x']);
});

test('dotenv takes hash comments', () => {
  expect(read('dotenv', '# penstock: ignore env/x -- so\nA=1\nB="# penstock: ignore env/x"\n')).toEqual([
    '1: env/x',
  ]);
});

test('JSON and CSV have no comments', () => {
  expect(read('json', '{"a": "# penstock: ignore dbt/x"}')).toEqual([]);
  expect(read('csv', '# penstock: ignore dbt/x\n')).toEqual([]);
});

test('text in a string is no comment', () => {
  const yaml =
    'a: "x # penstock: ignore dbt/x"\nb: |\n  # penstock: ignore dbt/y\nc: x# penstock: ignore dbt/z\n';
  expect(read('yaml', yaml)).toEqual([]);
  const python =
    'a = "# penstock: ignore dbt/x"\n"""\n# penstock: ignore dbt/y\n"""\n# it\'s\nb = 1 # penstock: ignore dbt/z -- so';
  expect(read('python', python)).toEqual(['5: dbt/z']);
  expect(read('sql', "select '-- penstock: ignore dbt/x'")).toEqual([]);
  expect(read('sql', "select 'a'-- penstock: ignore dbt/x -- so")).toEqual(['0: dbt/x']);
});

test('a comment that only talks of Penstock is none', () => {
  expect(
    read('yaml', '# penstock: reads this file\n# see penstock: ignore dbt/x\n# penstock: ignored\n'),
  ).toEqual([]);
});

test('one for the whole file counts only before everything else', () => {
  expect(read('yaml', '---\n# Ours.\n\n# penstock: ignore-file dbt/x -- so\na: 1\n')).toEqual([
    'file: dbt/x',
  ]);
  expect(read('sql', '{# Long\n   head #}\n-- penstock: ignore-file dbt/x -- so\n')).toEqual(['file: dbt/x']);
  expect(read('yaml', 'a: 1\n# penstock: ignore-file dbt/x -- so\n')).toEqual(['nowhere: dbt/x']);
});

test('without codes it names none', () => {
  expect(read('yaml', 'a: 1 # penstock: ignore')).toEqual(['0:  ?']);
});

test('a code is meant by itself and by its family', () => {
  expect(wordsFor('dbt/unknown-key')).toEqual(['dbt/unknown-key', 'dbt/*']);
});

test('several in one comment go each until the next one, and are about the same line', () => {
  const two = '# penstock: ignore dbt/x -- so # penstock: ignore dbt/y';
  expect(read('yaml', `a: 1 ${two}\n`)).toEqual(['0: dbt/x', '0: dbt/y ?']);
  expect(read('yaml', `${two}\n${two}\nb: 2\n`)).toEqual([
    '2: dbt/x',
    '2: dbt/y ?',
    '2: dbt/x',
    '2: dbt/y ?',
  ]);
  expect(read('sql', 'select 1 -- penstock: ignore dbt/x -- so -- penstock: ignore dbt/y -- so')).toEqual([
    '0: dbt/x',
    '0: dbt/y',
  ]);
});

test('each takes with it, when it is removed, what is its own', () => {
  const removed = (text: string): readonly string[] => {
    const source = new SourceFile('/w/file', text);
    const claim: Claim = { kind: 'any', format: 'text', readsText: true, priority: 1 };
    return readSuppressions({ source, claim }).map(
      ({ whole }) => text.slice(0, whole.start) + text.slice(whole.end),
    );
  };
  expect(removed('a # penstock: ignore x/y \nb')).toEqual(['a\nb']);
  expect(removed('a\n  # penstock: ignore x/y  \r\nb')).toEqual(['a\nb']);
  expect(removed('a  # penstock: ignore x/y -- so  # penstock: ignore x/z\nb')).toEqual([
    'a  # penstock: ignore x/z\nb',
    'a  # penstock: ignore x/y -- so\nb',
  ]);
  expect(removed(' # penstock: ignore x/y -- so # penstock: ignore x/z\nb')).toEqual([
    ' # penstock: ignore x/z\nb',
    ' # penstock: ignore x/y -- so\nb',
  ]);
});

test.each([
  ['yaml', '- # penstock: ignore x/y -- so\n'],
  ['yaml', '# penstock: ignore x/y -- so\n'],
  ['yaml', '# penstock: ignore x/y '],
  ['python', "'a' # penstock: ignore x/y\n"],
  ['sql', '{# penstock: ignore x/y #} '],
  ['sql', "'a' -- penstock: ignore x/y "],
  ['sql', '{# penstock: ignore-file x/y #}\n'],
] as const)('reads fifty thousand in %s: %j', (format, one) => {
  expect(read(format, one.repeat(50_000))).toHaveLength(50_000);
});
