import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { penstock } from '../systems/penstock/index.ts';
import { chooseRun } from './choose-run.ts';

test('a step that several projects have is told with how to say which, alone and in a pipeline', async () => {
  const same = 'pipelines:\n  same:\n  - run: echo\n';
  const { platform } = await openFixture([penstock], {
    '/w/a/penstock.yaml': same,
    '/w/b/penstock.yaml': same,
    '/w/c/penstock.yaml': 'pipelines:\n  all:\n  - pipeline:same\n  - pipeline:gone\n',
  });
  const place = { folder: '/w', cwd: '/w' };
  const choose = (step: string) => chooseRun({ steps: [step], format: 'text' }, platform, place);
  expect(await choose('pipeline:same')).toEqual({
    refused: 'several projects have a step `pipeline:same`; say which: `pipeline:same@a`, `pipeline:same@b`',
  });
  const chosen = await choose('pipeline:all');
  expect('planned' in chosen && chosen.planned.map(({ work }) => work)).toEqual([
    {
      kind: 'unrunnable',
      message:
        'several projects have a step `pipeline:same`; say which: `pipeline:same@../a`, `pipeline:same@../b`',
    },
    { kind: 'unrunnable', message: 'there is no step `pipeline:gone`, which `pipeline:all` names' },
  ]);
});
