import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { actionsAt, type OfferedAction } from '../../language/act.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { dbt } from './index.ts';

type Texts = Readonly<Record<string, string>>;
const project = { '/w/dbt_project.yml': 'name: shop\n' };

async function actionsIn(texts: Texts, path: string, at: string): Promise<readonly OfferedAction[]> {
  const { platform } = await openFixture([dbt], texts);
  const start = texts[path]!.indexOf(at);
  return actionsAt(platform, path, { start, end: start }, defaultFindingSettings);
}

/** The files as they are once the action is done, with what is found in them then. */
async function done(texts: Texts, action: OfferedAction | undefined) {
  const after: Record<string, string> = { ...texts };
  for (const { path, text } of action?.creates ?? []) after[path] = text;
  for (const { path, span, newText } of action?.edits ?? [])
    after[path] = after[path]!.slice(0, span.start) + newText + after[path]!.slice(span.end);
  const { platform } = await openFixture([dbt], after);
  const findings = [...platform.paths()].flatMap((path) => diagnose(platform, path, defaultFindingSettings));
  const changed = Object.fromEntries(Object.entries(after).filter(([path, text]) => texts[path] !== text));
  return { changed, findings: findings.map(({ code }) => code) };
}

test('a model that is missing is made beside the file that wants it', async () => {
  const texts = { ...project, '/w/models/marts/a.sql': "select * from {{ ref('new_one') }}" };
  const actions = await actionsIn(texts, '/w/models/marts/a.sql', 'new_one');
  const create = actions.find(({ title }) => title === 'Create the model `new_one`');
  expect(create?.findings.map(({ code }) => code)).toEqual(['dbt/undefined-ref']);
  expect(await done(texts, create)).toEqual({
    changed: { '/w/models/marts/new_one.sql': 'select 1 as id\n' },
    findings: [],
  });
});

test('a model that a test wants is made where models are', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\nmodel-paths: [transform]\n',
    '/w/tests/a.sql': "select * from {{ ref('new_one') }}",
  };
  const [create] = (await actionsIn(texts, '/w/tests/a.sql', 'new_one')).filter(({ creates }) => creates);
  expect(create?.creates?.map(({ path }) => path)).toEqual(['/w/transform/new_one.sql']);
});

test('a model without properties gets an entry in the file that describes its neighbours', async () => {
  const texts = {
    ...project,
    '/w/models/a.sql': 'select 1',
    '/w/models/b_b.sql': 'select 1',
    '/w/models/stg.yml': 'models:\n    - name: a\n      description: x # so\nseeds: []\n',
  };
  const [action, ...more] = await actionsIn(texts, '/w/models/b_b.sql', 'select');
  expect(more).toEqual([]);
  expect(action).toMatchObject({ kind: 'refactor', title: 'Add a properties entry for `b_b` to stg.yml' });
  expect(await done(texts, action)).toEqual({
    changed: {
      '/w/models/stg.yml':
        "models:\n    - name: a\n      description: x # so\n    - name: b_b\n      description: ''\nseeds: []\n",
    },
    findings: [],
  });
  expect(await actionsIn(texts, '/w/models/a.sql', 'select')).toEqual([]);
});

const places: readonly (readonly [string, Texts, Texts])[] = [
  [
    'a new file',
    {},
    { '/w/models/x/_models.yml': "version: 2\n\nmodels:\n  - name: b_b\n    description: ''\n" },
  ],
  [
    'the folder’s own file, without a section',
    { '/w/models/x/_models.yml': 'version: 2' },
    { '/w/models/x/_models.yml': "version: 2\n\nmodels:\n  - name: b_b\n    description: ''\n" },
  ],
  [
    'a file that ends in a block of text',
    { '/w/models/x/_models.yml': 'models:\n- name: other\n  description: |\n    text\n' },
    {
      '/w/models/x/_models.yml':
        "models:\n- name: other\n  description: |\n    text\n- name: b_b\n  description: ''\n",
    },
  ],
];
for (const [where, beside, changed] of places) {
  test(`a properties entry goes into ${where}`, async () => {
    const texts = { ...project, '/w/models/x/b_b.sql': 'select 1', ...beside };
    const [action] = await actionsIn(texts, '/w/models/x/b_b.sql', 'select');
    expect((await done(texts, action)).changed).toEqual(changed);
  });
}

test('a list in brackets is left to the person', async () => {
  const texts = { ...project, '/w/models/b.sql': 'select 1', '/w/models/_models.yml': 'models: [{name: a}]' };
  expect(await actionsIn(texts, '/w/models/b.sql', 'select')).toEqual([]);
});

test('below the first line nothing is offered', async () => {
  const texts = { ...project, '/w/models/b.sql': 'select 1\nfrom x' };
  expect(await actionsIn(texts, '/w/models/b.sql', 'from')).toEqual([]);
});
