import { expect, test, vi } from 'vitest';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { penstock } from '../../server/src/systems/penstock/index.ts';
import { plan } from '../../server/src/systems/plan/index.ts';
import { checkFindings, openFixture } from '../support/check.ts';

const notes = '# Notes\n\n- [ ] Load the orders\n- [x] Build the marts\n';

test('a document that looks like no plan is one when penstock.yaml names it', async () => {
  const { platform, files } = await openFixture([penstock, plan], {
    '/w/README.md': notes,
    '/w/penstock.yaml': '',
  });
  expect(platform.has('/w/README.md')).toBe(false);
  files.texts.set('/w/penstock.yaml', 'plan: README.md\n');
  platform.update(['/w/penstock.yaml']);
  const file = platform.parsed('/w/README.md')!;
  expect(plan.readPlan?.(file)?.items.map((item) => [item.title, item.status])).toEqual([
    ['Load the orders', 'planned'],
    ['Build the marts', 'done'],
  ]);
  files.texts.set('/w/penstock.yaml', '');
  platform.update(['/w/penstock.yaml']);
  expect(platform.has('/w/README.md')).toBe(false);
});

test('a named document that does not exist is a finding on its name, with the one that was meant', async () => {
  await checkFindings(
    [penstock, plan],
    `#- /w/docs/tasks.md
${notes}
#- /w/penstock.yaml
plan: [docs/tasks.md, docs/taks.md]
#                     ^^^^^^^^^^^^ warning plan/missing-document: there is no document \`docs/taks.md\`; did you mean \`docs/tasks.md\`?
`,
  );
});

test('a named document that is there and may not be read is told so, as long as that is so', async () => {
  const named = '/w/docs/tasks.md';
  const { platform, files } = await openFixture([penstock, plan], {
    '/w/penstock.yaml': 'plan: docs/tasks.md\n',
  });
  const told = (): readonly string[] =>
    diagnose(platform, '/w/penstock.yaml', defaultFindingSettings).map(({ message }) => message);
  const isNot = 'there is no document `docs/tasks.md`; correct the path or write the plan there';
  expect(told()).toEqual([isNot]);
  const read = vi.spyOn(files, 'read').mockReturnValue({ kind: 'missing' });
  files.texts.set(named, notes);
  platform.update([named]);
  expect(told()).toEqual([
    '`docs/tasks.md` is there, and cannot be read as a document; name a file of this workspace that you may read',
  ]);
  read.mockRestore();
  platform.update([named]);
  expect(told()).toEqual([]);
  files.texts.delete(named);
  platform.update([named]);
  expect(told()).toEqual([isNot]);
});
