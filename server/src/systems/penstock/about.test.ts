import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { plan } from '../plan/index.ts';
import { penstock } from './index.ts';

const systems = [penstock, plan];
const tasks =
  '# Tasks\n\n## Loading\n\n| Task | Priority | Status |\n|--|--|--|\n| Load orders | P0 | Done |\n';
const table =
  '\n## Readiness\n\n| Category | Status | Percent |\n|--|--|--|\n| **Data Quality** | Good | 80% |\n';

test('a category that no readiness table has is found, whatever its case', async () => {
  await checkFindings(
    systems,
    `#- /w/tasks.md
${tasks}${table}
#- /w/penstock.yaml
checks:
  a: { env: A, categories: [data quality, Loading] }
  b: { env: A, categories: Data Qualty }
#                          ^^^^^^^^^^^ warning plan/undefined-category: no readiness table has a category \`Data Qualty\`, and no group of tasks is called so; did you mean \`Data Quality\`?
  c: { env: A, categories: [Costs, ] }
#                           ^^^^^ warning plan/undefined-category: no readiness table has a category \`Costs\`, and no group of tasks is called so; correct the name, or add its row
`,
  );
});

test.each([
  ['no plan', {}],
  ['a plan without a readiness table', { '/w/tasks.md': tasks }],
])('checks alone say what categories there are: %s', async (_name, texts) => {
  const text = 'checks:\n  a: { env: A, categories: [Costs] }\n';
  const { platform } = await openFixture(systems, { '/w/penstock.yaml': text, ...texts });
  expect(platform.findings('/w/penstock.yaml')).toEqual([]);
});

test('a system that is none is found', async () => {
  await checkFindings(
    systems,
    `#- /w/penstock.yaml
checks:
  a: { valid: dtb, systems: [meltano, meltno] }
#             ^^^ warning penstock/unknown-system: there is no system \`dtb\`; did you mean \`dbt\`?
#                                     ^^^^^^ warning penstock/unknown-system: there is no system \`meltno\`; did you mean \`meltano\`?
  b: { valid: dbt@shop }
  c: { valid: airbyte@shop }
#             ^^^^^^^ warning penstock/unknown-system: there is no system \`airbyte\`; name one of \`dbt\`, \`meltano\`, \`penstock\`, \`plan\`, \`compose\`, \`singer\`, \`env\`, \`evidence\`, \`gx\`, \`streamlit\`, \`coverage-report\`, \`pytest\`, \`python-project\`, \`platform\`
`,
  );
});

test('categories and systems are offered', async () => {
  const offered = async (marked: string): Promise<readonly string[]> => {
    const text = marked.replace('<|>', '');
    const { platform } = await openFixture(systems, {
      '/w/penstock.yaml': text,
      '/w/tasks.md': tasks + table,
    });
    return complete(platform, '/w/penstock.yaml', marked.indexOf('<|>')).items.map(({ label }) => label);
  };
  expect(await offered('checks:\n  a: { env: A, categories: [D<|>] }\n')).toEqual([
    'Data Quality',
    'Loading',
  ]);
  expect(await offered('checks:\n  a:\n    env: A\n    categories: <|>\n')).toEqual([
    'Data Quality',
    'Loading',
  ]);
  expect(await offered('checks:\n  a:\n    env: A\n    systems: <|>\n')).toContain('meltano');
  expect(await offered('checks:\n  a: { valid: d<|> }\n')).toContain('dbt');
});

test('follows the plan: a row that comes mends the name, and the first table begins to count', async () => {
  const text = 'checks:\n  a: { env: A, categories: [costs] }\n';
  const { platform, files } = await openFixture(systems, { '/w/penstock.yaml': text, '/w/tasks.md': tasks });
  const after = (tasksNow: string): readonly string[] => {
    files.texts.set('/w/tasks.md', tasksNow);
    platform.update(['/w/tasks.md']);
    return platform.findings('/w/penstock.yaml').map(({ code }) => code);
  };
  expect(after(tasks)).toEqual([]);
  expect(after(tasks + table)).toEqual(['plan/undefined-category']);
  expect(after(`${tasks}${table}| Costs | Good | 10% |\n`)).toEqual([]);
  expect(after(tasks + table)).toEqual(['plan/undefined-category']);
  expect(after(tasks)).toEqual([]);
});
