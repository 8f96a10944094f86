import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { toy } from '../../../../test/support/toy-system.ts';
import type { FindingSettings } from '../../language/diagnose.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { penstock } from './index.ts';

const systems = [toy, penstock];
const toys = { '/w/sub/toy.txt': 'demo', '/w/sub/a.toy': 'use x\nrule\nbad' };

async function severities(
  texts: Readonly<Record<string, string>>,
  settings: FindingSettings = defaultFindingSettings,
): Promise<Readonly<Record<string, string>>> {
  const { platform } = await openFixture(systems, { ...toys, ...texts });
  const found = diagnose(platform, '/w/sub/a.toy', settings);
  return Object.fromEntries(found.map(({ code, severity }) => [code, severity]));
}

test.each([
  ['a code', 'severity:\n  toy/rule: error\n', { 'toy/rule': 'error' }],
  [
    'a system',
    'severity:\n  toy/*: hint\n',
    { 'toy/undefined-thing': 'hint', 'toy/rule': 'hint', 'toy/bad': 'hint' },
  ],
  [
    'a code before its system',
    'severity:\n  toy/*: hint\n  toy/rule: error\n',
    { 'toy/undefined-thing': 'hint', 'toy/rule': 'error', 'toy/bad': 'hint' },
  ],
  ['another system', 'severity:\n  dbt/*: off\n', {}],
  ['nothing', 'severity:\n', {}],
  ['what is no severity', 'severity:\n  toy/rule: silent\n', {}],
  ['broken YAML', 'severity:\n  toy/rule: error\n  - x: [', { 'toy/rule': 'error' }],
])('penstock.yaml decides for %s', async (_name, text, decided) => {
  const plain = { 'toy/undefined-thing': 'error', 'toy/rule': 'warning', 'toy/bad': 'error' };
  expect(await severities({ '/w/penstock.yaml': text })).toEqual({ ...plain, ...decided });
});

test('a finding that is off is not shown', async () => {
  const found = await severities({ '/w/penstock.yaml': 'severity:\n  toy/*: off\n  toy/bad: warning\n' });
  expect(found).toEqual({ 'toy/bad': 'warning' });
});

test('the nearest file decides, and one beside the files decides nothing', async () => {
  const outer = { '/w/penstock.yaml': 'severity: { toy/*: off }\n' };
  const inner = { '/w/sub/penstock.yaml': 'severity: { toy/rule: error }\n' };
  expect((await severities({ ...outer, ...inner }))['toy/rule']).toBe('error');
  const beside = await severities({ '/w/other/penstock.yaml': 'severity: { toy/*: off }\n' });
  expect(beside['toy/rule']).toBe('warning');
});

test('what somebody chose for themselves goes first', async () => {
  const texts = { '/w/penstock.yaml': 'severity: { toy/rule: error, toy/bad: hint }\n' };
  const found = await severities(texts, { severity: { 'toy/*': 'information' } });
  expect([found['toy/rule'], found['toy/bad']]).toEqual(['information', 'information']);
});

test('a change of mind is told for every file below, none of which is read again', async () => {
  const { platform, files } = await openFixture(systems, { ...toys, '/w/penstock.yaml': '' });
  const show = (): readonly string[] =>
    diagnose(platform, '/w/sub/a.toy', defaultFindingSettings).map(({ code }) => code);
  expect(show()).toHaveLength(3);
  const parsed = platform.parsed('/w/sub/a.toy');
  for (const [text, left] of [
    ['severity: { toy/*: off }\n', 0],
    ['severity: { toy/rule: off }\n', 2],
    ['pipelines: {}\n', 3],
  ] as const) {
    files.texts.set('/w/penstock.yaml', text);
    expect(platform.update(['/w/penstock.yaml'])).toContain('/w/sub/a.toy');
    expect(show()).toHaveLength(left);
  }
  expect(platform.parsed('/w/sub/a.toy')).toBe(parsed);
  files.texts.set('/w/penstock.yaml', 'severity: { toy/*: off }\n');
  platform.update(['/w/penstock.yaml']);
  files.texts.delete('/w/penstock.yaml');
  expect(platform.update(['/w/penstock.yaml'])).toContain('/w/sub/a.toy');
  expect(show()).toHaveLength(3);
});

test('a wrong severity and a code of no shape are refused', () =>
  checkFindings(
    systems,
    `#- /w/penstock.yaml
severity:
  toy/rule: off
  toy/bad: silent
  #        ^^^^^^ error penstock/invalid-value: \`silent\` is no value for \`toy/bad\`; it must be one of \`off\`, \`error\`, \`warning\`, \`information\` or \`hint\`
  everything: off
# ^^^^^^^^^^ warning penstock/unknown-code: no finding has the code \`everything\`; a code is written \`system/problem\`, or \`system/*\` for all of a system
`,
  ));
