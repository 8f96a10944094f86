import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import type { Finding } from '../core/finding.ts';
import { SourceFile } from '../core/source-file.ts';
import { readSuppressions } from '../core/suppressions.ts';
import type { Claim } from '../core/system.ts';
import { parseYaml } from '../core/yaml/parse-yaml.ts';
import { toy } from '../../../test/support/toy-system.ts';
import { actionsAt } from './act.ts';
import { defaultFindingSettings } from './diagnose.ts';
import { ignoreFix } from './ignore-fix.ts';

/** The text with a finding at `‸` ignored, below the title of the fix. */
function ignore(format: Claim['format'], marked: string, code = 'dbt/x'): string | undefined {
  const start = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const finding: Finding = {
    code,
    severity: 'error',
    message: '',
    span: { start, end: start === 0 ? 0 : start + 1 },
  };
  const { tree } = format === 'yaml' ? parseYaml(text, { version: '1.1', duplicateKeys: 'last' }) : {};
  const claim: Claim = { kind: 'any', format, readsText: true, priority: 1 };
  const file = { source: new SourceFile('/w/file', text), claim, ...(tree ? { tree } : {}) };
  const fix = ignoreFix(finding, file, readSuppressions(file));
  const [edit] = fix?.edits ?? [];
  return (
    fix &&
    edit &&
    `${fix.title}\n${text.slice(0, edit.span.start)}${edit.newText}${text.slice(edit.span.end)}`
  );
}

test('in YAML on the line above, as deep as the line', () => {
  expect(ignore('yaml', 'models:\r\n  - ‸name: a\r\n')).toBe(
    'Ignore `dbt/x` here\nmodels:\r\n  # penstock: ignore dbt/x -- why?\r\n  - name: a\r\n',
  );
  expect(ignore('yaml', 'a: |\n  text\nb: ‸c\n')).toContain('  text\n# penstock: ignore dbt/x -- why?\nb: c');
});

test('inside a text of several lines for the whole file, where no comment can stand', () => {
  const head = 'Ignore `dbt/x` in this file\n# penstock: ignore-file dbt/x -- why?\n';
  for (const text of ['a: |\n  {{ ‸x }}\n', 'a: "b\n  ‸c"\n', 'a: >\n  b\n  ‸c\n'])
    expect(ignore('yaml', text)).toBe(head + text.replace('‸', ''));
  expect(ignore('python', 'a = """\n‸x\n"""\n')).toBe(`${head}a = """\nx\n"""\n`);
  expect(ignore('sql', 'select 1,\n{{ f(\n  ‸x\n) }}')).toBe(
    'Ignore `dbt/x` in this file\n{# penstock: ignore-file dbt/x -- why? #}\nselect 1,\n{{ f(\n  x\n) }}',
  );
});

test('in SQL as a comment of Jinja, which the warehouse never sees', () => {
  expect(ignore('sql', "select 1\n  from {{ ref('‸x') }}\n")).toBe(
    "Ignore `dbt/x` here\nselect 1\n  {# penstock: ignore dbt/x -- why? #}\n  from {{ ref('x') }}\n",
  );
});

test('in Markdown behind the line; in a table for the whole file', () => {
  expect(ignore('markdown', '# Plan\n\nIt ‸is.\n')).toBe(
    'Ignore `dbt/x` here\n# Plan\n\nIt is. <!-- penstock: ignore dbt/x -- why? -->\n',
  );
  expect(ignore('markdown', '| a |\n|--|\n| ‸b |\n')).toBe(
    'Ignore `dbt/x` in this file\n<!-- penstock: ignore-file dbt/x -- why? -->\n| a |\n|--|\n| b |\n',
  );
  expect(ignore('markdown', '---\na: 1\n---\n| ‸b |\n')).toBeUndefined();
});

test('what is about a whole file is ignored in it', () => {
  expect(ignore('python', '‸def model(dbt, session): ...\n')).toBe(
    'Ignore `dbt/x` in this file\n# penstock: ignore-file dbt/x -- why?\ndef model(dbt, session): ...\n',
  );
});

test('a comment that is there takes the code in', () => {
  expect(ignore('yaml', '# penstock: ignore dbt/y -- so\na: ‸b\n')).toContain('ignore dbt/y, dbt/x -- so\n');
  expect(ignore('sql', '-- penstock: ignore-file dbt/y -- so\n\n{{\n‸x }}')).toContain(
    'dbt/y, dbt/x -- so\n',
  );
});

test('not where the format has no comments, the text cannot be read, or an ignore is what is wrong', () => {
  expect(ignore('json', '{ "a"‸: 1 }')).toBeUndefined();
  expect(ignore('yaml', 'a: ‸b', 'penstock/unused-ignore')).toBeUndefined();
  expect(ignore('yaml', 'a: ‸b', 'file/too-large')).toBeUndefined();
});

test('is offered last, and does what it says', async () => {
  const texts = { '/w/toy.txt': '', '/w/a.toy': 'def y\nuse x\n' };
  const { platform, files } = await openFixture([toy], texts);
  const found = platform.findings('/w/a.toy')[0]!;
  const action = actionsAt(platform, '/w/a.toy', found.span, defaultFindingSettings).at(-1)!;
  expect(action.title).toBe('Ignore `toy/undefined-thing` here');
  const [{ span, newText } = { span: found.span, newText: '' }] = action.edits;
  const text = files.texts.get('/w/a.toy')!;
  files.texts.set('/w/a.toy', text.slice(0, span.start) + newText + text.slice(span.end));
  platform.update(['/w/a.toy']);
  const left = actionsAt(platform, '/w/a.toy', { start: 0, end: 100 }, defaultFindingSettings);
  expect(left).toEqual([]);
});
