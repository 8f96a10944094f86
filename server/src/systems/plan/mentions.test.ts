import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { define } from '../../language/define.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { hover } from '../../language/hover.ts';
import { meltano } from '../meltano/index.ts';
import { penstock } from '../penstock/index.ts';
import { platform as between } from '../platform/index.ts';
import { plan } from './index.ts';

const systems = [meltano, penstock, plan, between];
const platformFiles = {
  '/w/meltano.yml': 'jobs:\n  - name: load\n    tasks: []\n',
  '/w/penstock.yaml': 'plan: plan.md\npipelines:\n  daily: [meltano:job/load]\n',
};
const table = (...rows: string[]): string =>
  `# Plan\n\n| Task | Status |\n|------|--------|\n${rows.map((row) => `| ${row} |\n`).join('')}`;

async function messages(
  text: string,
  files: Readonly<Record<string, string>> = platformFiles,
): Promise<readonly string[]> {
  const { platform } = await openFixture(systems, { ...files, '/w/plan.md': text });
  const source = platform.source('/w/plan.md')!;
  return diagnose(platform, '/w/plan.md', defaultFindingSettings).map(
    ({ code, message, span }) => `${code} ${source.slice(span)}: ${message}`,
  );
}

test('an item that is done names a step that is not there', async () => {
  expect(
    await messages(table('Load with `meltano:job/laod` | ✅ Done', 'Run `pipeline:export@sub` | Done')),
  ).toEqual([
    'platform/undefined-mention meltano:job/laod: this is marked as done, and there is no step `meltano:job/laod`; did you mean `meltano:job/load`?',
    'platform/undefined-mention pipeline:export: this is marked as done, and there is no step `pipeline:export`; correct the name, or the status',
  ]);
});

test.each([
  ['a step that is there', table('Load with `meltano:job/load`, then `pipeline:daily` | Done')],
  [
    'what is still to be done',
    table('Add `pipeline:nightly` | Planned', 'Add `pipeline:hourly` | 🚧 In Progress'),
  ],
  ['a step with a second colon', table('Run `meltano:plugin/dbt:gone` | Done')],
  ['prose', table('Load meltano:job/laod at 12:30, see https://x.y/z:a | Done')],
  [
    'code that is no step',
    table('Set `a: b`, `x:1`, `http://x`, `redis:7`, `DB:HOST`, `key:value/`, `meltano:latest` | Done'),
  ],
  ['steps of a tool that is not here', table('Run `dbt:model/orders`, `npm:lint/all` | Done')],
  ['what is in no item', '# Plan\n\nWe run `pipeline:gone` no more.\n\n' + table('Load | Done')],
])('nothing is said of %s', async (_name, text) => {
  expect(await messages(text)).toEqual([]);
});

test('nothing is said while steps may be defined in a file that cannot be read', async () => {
  const broken = { ...platformFiles, '/w/meltano.yml': 'jobs: [\n' };
  expect(await messages(table('Load with `meltano:job/laod` | Done'), broken)).toEqual([]);
});

test('a mention leads to its step and tells of it', async () => {
  const text = table('Load with `meltano:job/load` | Planned');
  const { platform } = await openFixture(systems, { ...platformFiles, '/w/plan.md': text });
  const at = text.indexOf('job/load');
  expect(define(platform, '/w/plan.md', at)?.targets.map(({ path }) => path)).toEqual(['/w/meltano.yml']);
  expect(hover(platform, '/w/plan.md', at)?.markdown).toContain('meltano:job/load');
});

test('a mention follows when what it names is called otherwise', async () => {
  const texts = {
    ...platformFiles,
    '/w/meltano.yml': 'jobs:\n  - name: lo<|>ad\n    tasks: []\n',
    '/w/plan.md': table('Load with `meltano:job/load` | Done', 'The job load | Done'),
  };
  expect(await renamed(systems, texts, 'fetch')).toMatchObject({
    '/w/plan.md': table('Load with `meltano:job/fetch` | Done', 'The job load | Done'),
    '/w/penstock.yaml': platformFiles['/w/penstock.yaml'].replace('job/load', 'job/fetch'),
  });
});

test.each([
  [
    'an extractor',
    'plugins: { extractors: [{ name: tap<|>-x }] }\n',
    'meltano:plugin/tap-x',
    'meltano:plugin/fetch',
  ],
  [
    'a plugin, with its commands',
    'plugins: { utilities: [{ name: tap<|>-x, commands: { run: r } }] }\n',
    'meltano:plugin/tap-x:run',
    'meltano:plugin/fetch:run',
  ],
])('a mention follows %s', async (_what, project, before, after) => {
  const texts = {
    '/w/meltano.yml': project,
    '/w/penstock.yaml': 'plan: plan.md\n',
    '/w/plan.md': table(`Run \`${before}\` | Done`),
  };
  expect(await renamed(systems, texts, 'fetch')).toMatchObject({
    '/w/plan.md': table(`Run \`${after}\` | Done`),
  });
});

test('a mention follows a pipeline', async () => {
  const texts = {
    '/w/penstock.yaml': 'plan: plan.md\npipelines:\n  da<|>ily: []\n',
    '/w/plan.md': table('Run `pipeline:daily` | Done', 'Daily | Done'),
  };
  expect(await renamed(systems, texts, 'nightly')).toMatchObject({
    '/w/plan.md': table('Run `pipeline:nightly` | Done', 'Daily | Done'),
  });
});
