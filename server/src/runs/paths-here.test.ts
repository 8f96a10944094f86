import { expect, test } from 'vitest';
import { pathHere, withPathsHere } from './paths-here.ts';

const place = {
  mounts: [
    { inside: '/project/models', here: '/w/shared models' },
    { inside: '/project', here: '/w/dbt' },
  ],
};

test('the deepest folder that both have leads to the file', () => {
  expect(pathHere('/project/models/a.sql', place)).toBe('/w/shared models/a.sql');
  expect(pathHere('/project/dbt_project.yml', place)).toBe('/w/dbt/dbt_project.yml');
  expect(pathHere('/projects/x', place)).toBeUndefined();
  expect(pathHere('/usr/lib/x.py', place)).toBeUndefined();
});

test('a text names the files of this machine, and nothing that only begins like one', () => {
  const said = 'File "/project/load.py", line 3; see /project, /project/models/a.sql:7 and /usr/x.py';
  expect(withPathsHere(said, place)).toBe(
    'File "/w/dbt/load.py", line 3; see /w/dbt, /w/shared models/a.sql:7 and /usr/x.py',
  );
  for (const other of ['/projects/x', '/data/project/x', 'https://h/project/x', '/project-2/x'])
    expect(withPathsHere(other, place)).toBe(other);
});
