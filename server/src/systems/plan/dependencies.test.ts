import { expect, test } from 'vitest';
import { openFixture, textsOf } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { hover } from '../../language/hover.ts';
import { systems } from '../index.ts';

const path = '/w/tasks.md';
const around = textsOf(`#- /w/compose.yaml
services:
  cache: { image: 'redis:7' }
#- /w/dbt_project.yml
name: shop
profile: shop
#- /w/penstock.yaml
checks:
  loaded:
    file: data/*.csv
    items: [search/step-2-build-it]
pipelines:
  nightly: [dbt:build]
`);
const plan = `# Tasks
## Search
| Task | Status | Dependencies |
|--|--|--|
| Step 1: Core (a, b) | Done | |
| Step 2: Build it | Planned | Step 1 completion |
| Step 3: Ask \`dbt:build\` | Planned | Previous steps, Redis service running, dbt models, Step 9, Budget |
## Rest
| Task | Status | Dependencies |
|--|--|--|
| Show the dashboards | Open | Ask dbt:build |
`;

/** What a hover says at a text of the plan. */
async function hovered(at: string): Promise<string | undefined> {
  const { platform } = await openFixture(systems, { ...around, [path]: plan });
  return hover(platform, path, plan.indexOf(at))?.markdown;
}

test('a hover says what a task waits for, what that is about, and who mentions it', async () => {
  expect(await hovered('Step 3')).toBe(
    [
      '**Step 3: Ask dbt:build**',
      'planned',
      'Blocked by `Step 2: Build it`',
      'Depends on',
      [
        '- Previous steps: `Step 1: Core (a, b)`, `Step 2: Build it` (1 of 2 open)',
        '- Redis service running: the service `cache`',
        '- dbt models: dbt, which is here',
        '- Step 9: the plan has no Step 9',
        '- Budget: nobody can tell whether it is there',
      ].join('\n'),
      'Waited for by `Show the dashboards`',
      'Mentioned by the pipeline `nightly`',
    ].join('\n\n'),
  );
});

test('a hover says that a task is ready, and which check is about it', async () => {
  expect(await hovered('Step 2')).toBe(
    [
      '**Step 2: Build it**',
      'planned',
      'Ready to start',
      'Depends on',
      '- Step 1 completion: `Step 1: Core (a, b)` (done)',
      'Waited for by `Step 3: Ask dbt:build`',
      'Mentioned by the check `loaded`',
    ].join('\n\n'),
  );
});

/** What is offered at `<|>` in a cell of a further task under Search: what is shown, and what is written. */
async function offered(cell: string): Promise<readonly string[]> {
  const row = `| Try it | Planned | ${cell} |\n`;
  const text = plan.replace('## Rest', `${row}## Rest`);
  const { platform } = await openFixture(systems, { ...around, [path]: text.replace('<|>', '') });
  const { items } = complete(platform, path, text.indexOf('<|>'));
  return items.map(({ label, insertText }) =>
    insertText === undefined ? label : `${label} → ${insertText}`,
  );
}

test('a cell of dependencies is completed by what reads back as that very thing, the nearest first', async () => {
  expect(await offered('<|>')).toEqual([
    'Step 1: Core (a, b) → Step 1 completion',
    'Step 2: Build it → Step 2 completion',
    'Step 3: Ask dbt:build → Step 3 completion',
    'Show the dashboards → Show the dashboards',
    'cache service running',
    'dbt',
  ]);
});

test('the part between commas that the cursor is in is completed by what was typed of it', async () => {
  expect(await offered('Step 1 completion, sho<|>')).toEqual(['Show the dashboards → Show the dashboards']);
  expect(await offered('dash<|>, Step 1 completion')).toEqual(['Show the dashboards → Show the dashboards']);
});
