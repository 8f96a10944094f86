import { expect, test } from 'vitest';
import { decideNeighbours, ownYamlGlobs, withOwnGlobs, withoutOwnGlobs } from './decide-neighbours.ts';

const alone = { extensions: ['vscode.sql'], sqlCompletion: 'auto', yamlValidates: true } as const;

test('alone, Penstock does everything itself', () => {
  expect(decideNeighbours(alone)).toEqual({
    completesSql: true,
    leavesYamlSyntax: false,
    guessesSchemas: false,
  });
});

test.each(['innoverio.vscode-dbt-power-user', 'dbtLabsInc.dbt', 'dbtlabs.dbt'])(
  'beside %s names in SQL are left to it unless the user wants otherwise',
  (id) => {
    const facts = { ...alone, extensions: [id] };
    expect(decideNeighbours(facts).completesSql).toBe(false);
    expect(decideNeighbours({ ...facts, sqlCompletion: 'penstock' }).completesSql).toBe(true);
  },
);

test('the user may do without completion in SQL altogether', () => {
  expect(decideNeighbours({ ...alone, sqlCompletion: 'other' }).completesSql).toBe(false);
});

test('broken YAML is marked once: by the YAML extension, while it checks at all', () => {
  const facts = { ...alone, extensions: ['redhat.vscode-yaml'] };
  expect(decideNeighbours(facts)).toMatchObject({ leavesYamlSyntax: true, guessesSchemas: true });
  expect(decideNeighbours({ ...facts, yamlValidates: false })).toMatchObject({
    leavesYamlSyntax: false,
    guessesSchemas: true,
  });
});

test('adds its globs to those of the user, once', () => {
  const first = withOwnGlobs(['mine/*.yml']);
  expect(first?.[0]).toBe('mine/*.yml');
  expect(first).toHaveLength(ownYamlGlobs.length + 1);
  expect(withOwnGlobs(first)).toBeUndefined();
});

test('takes a single glob for a list of one, and anything else for none', () => {
  expect(withOwnGlobs('mine/*.yml')?.[0]).toBe('mine/*.yml');
  expect(withOwnGlobs(7)).toEqual(ownYamlGlobs);
});

test('takes back only what it added', () => {
  expect(withoutOwnGlobs(withOwnGlobs(['mine/*.yml']))).toEqual(['mine/*.yml']);
  expect(withoutOwnGlobs(['mine/*.yml'])).toBeUndefined();
});
