import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../test/support/check.ts';
import { toy } from '../../../test/support/toy-system.ts';
import type { Finding } from '../core/finding.ts';
import { dbt } from '../systems/dbt/index.ts';
import { penstock } from '../systems/penstock/index.ts';
import { asShown, defaultFindingSettings, diagnose } from './diagnose.ts';

const systems = [toy, penstock];

/** Codes and messages found in a toy file, and its text once every certain fix is applied. */
async function look(text: string): Promise<{ found: string[]; fixed: string }> {
  const { platform } = await openFixture(systems, { '/w/toy.txt': '', '/w/a.toy': text });
  const findings = diagnose(platform, '/w/a.toy', defaultFindingSettings);
  const edits = findings
    .flatMap(({ fixes = [] }) => fixes.filter(({ certain }) => certain))
    .flatMap((fix) => fix.edits);
  const fixed = edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((now, { span, newText }) => now.slice(0, span.start) + newText + now.slice(span.end), text);
  return { found: findings.map(({ code, message }) => `${code}: ${message}`), fixed };
}

test('leaves out what a comment names, on the next line alone', async () => {
  const { found } = await look('# penstock: ignore toy/undefined-thing -- so\nuse x\nuse y\n');
  expect(found).toEqual(['toy/undefined-thing: no thing is named `y`']);
});

test('leaves out a family, and a code in the whole file', async () => {
  expect((await look('# penstock: ignore toy/* -- so\nbad\n')).found).toEqual([]);
  expect((await look('# penstock: ignore-file toy/rule -- so\nrule\nrule\n')).found).toEqual([]);
});

test('a missing reason is said, and can itself be ignored for a file', async () => {
  expect((await look('# penstock: ignore toy/rule\nrule\n')).found).toEqual([
    'penstock/ignore-without-reason: nobody can tell later why this is ignored; say it behind ` -- `',
  ]);
  const quiet = '# penstock: ignore-file penstock/ignore-without-reason -- ours never say\n';
  expect((await look(`${quiet}# penstock: ignore toy/rule\nrule\n`)).found).toEqual([]);
});

test('an ignore that ignores nothing is found, and its fix takes it away', async () => {
  const { found, fixed } = await look('def x\n# penstock: ignore toy/rule -- so\nuse x\n');
  expect(found).toEqual(['penstock/unused-ignore: nothing here is found as `toy/rule`; remove this ignore']);
  expect(fixed).toBe('def x\nuse x\n');
});

test('of several codes only the idle one is taken away', async () => {
  const first = await look('# penstock: ignore toy/bad, toy/rule -- so\nrule\n');
  expect(first.found).toEqual([
    'penstock/unused-ignore: nothing here is found as `toy/bad`; remove it from this ignore',
  ]);
  expect(first.fixed).toBe('# penstock: ignore toy/rule -- so\nrule\n');
  const last = await look('# penstock: ignore toy/rule, toy/bad -- so\nrule\n');
  expect(last.fixed).toBe('# penstock: ignore toy/rule -- so\nrule\n');
});

test('a slip in a code is told, and not taken away', async () => {
  const { found, fixed } = await look('# penstock: ignore toy/rul -- so\nrule\n');
  expect(found).toEqual([
    'penstock/unused-ignore: nothing here is found as `toy/rul`; did you mean `toy/rule`?',
    'toy/rule: the line says `rule`',
  ]);
  expect(fixed).toContain('toy/rul ');
});

test('what is no code is told', async () => {
  const { found } = await look('# penstock: ignore tay/rule, toy/rule, because -- so\nrule\n');
  expect(found).toEqual([
    'penstock/unknown-code: no finding has the code `tay/rule`; did you mean `toy/rule`?',
    'penstock/unknown-code: no finding has the code `because`; a code is written `system/problem`, a reason behind ` -- `',
  ]);
});

test('a reason that lacks its mark is one thing wrong', async () => {
  const { found, fixed } = await look('# penstock: ignore toy/rule because I say so\nrule\n');
  expect(found).toEqual([
    'penstock/unknown-code: these words are taken for codes; write ` -- ` before a reason',
  ]);
  expect(fixed).toBe('# penstock: ignore toy/rule -- because I say so\nrule\n');
});

test('an ignore without a code, and one for the file below its top, count for nothing', async () => {
  expect((await look('# penstock: ignore -- so\nrule\n')).found).toEqual([
    'penstock/unused-ignore: this names no code, so it ignores nothing; name one, such as `yaml/duplicate-key`',
    'toy/rule: the line says `rule`',
  ]);
  expect((await look('rule\n# penstock: ignore-file toy/rule -- so\n')).found).toEqual([
    'toy/rule: the line says `rule`',
    'penstock/unused-ignore: `ignore-file` counts only at the top of a file; move it before everything else',
  ]);
});

test('nothing is called idle while findings may be silent for what is missing', async () => {
  expect((await look('hole\n# penstock: ignore toy/undefined-thing -- so\nuse x\n')).found).toEqual([]);
  expect((await look('bad\n# penstock: ignore toy/rule -- so\nuse x\n')).found).toEqual([
    'toy/bad: this is bad',
    'toy/undefined-thing: no thing is named `x`',
  ]);
});

test('a finding ignored twice makes neither ignore idle', async () => {
  const text = '# penstock: ignore-file toy/rule -- so\n# penstock: ignore toy/rule -- so\nrule\n';
  expect((await look(text)).found).toEqual([]);
});

test('an ignore behind a key of YAML is about that key', async () => {
  await checkFindings(
    systems,
    `#- /w/penstock.yaml
pipelines:
  daily:
    steps: [{ run: ls }]
    titel: x # penstock: ignore penstock/unknown-key -- read by our own script
    tite: y
   #^^^^ error penstock/unknown-key: unknown key \`tite\`; did you mean \`title\`?`,
  );
});

test('SQL, Python and properties of dbt are ignored in their own comments', async () => {
  await checkFindings(
    [dbt],
    `#- /w/dbt_project.yml
name: shop
#- /w/models/a.sql
{# penstock: ignore dbt/undefined-ref -- of another team #}
select * from {{ ref('gone') }} join {{ ref('lost') }}
select * from {{ ref('gone') }} -- penstock: ignore dbt/undefined-ref -- the same
select * from {{ ref('gone') }}
--                    ^^^^ error dbt/undefined-ref: no model, seed or snapshot is named \`gone\`; create it or correct the name
#- /w/models/b.py
def model(dbt, session):
    return dbt.ref('gone')  # penstock: ignore dbt/undefined-ref -- of another team
#- /w/models/m.yml
models:
  # penstock: ignore dbt/properties-without-node -- comes with the next release
  - name: later
    columns: []
`,
  );
});

test('what checks show can be ignored, and nobody can tell whether such an ignore is idle', async () => {
  const text = '# penstock: ignore readiness/ticked-but-failing -- the export is on leave\nuse x\nuse y\n';
  const { platform } = await openFixture(systems, { '/w/toy.txt': '', '/w/a.toy': `def x\ndef y\n${text}` });
  expect(diagnose(platform, '/w/a.toy', defaultFindingSettings)).toEqual([]);
  const at = (word: string): Finding => {
    const start = platform.source('/w/a.toy')!.text.indexOf(word);
    const span = { start, end: start + word.length };
    return { code: 'readiness/ticked-but-failing', severity: 'warning', message: 'no', span };
  };
  const found = [at('use x'), at('use y')];
  const settings = defaultFindingSettings;
  expect(asShown(found, '/w/a.toy', { platform, settings })).toEqual([at('use y')]);
  const off = { severity: { 'readiness/*': 'off' } } as const;
  expect(asShown(found, '/w/a.toy', { platform, settings: off })).toEqual([]);
});
