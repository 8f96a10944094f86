import { expect, test } from 'vitest';
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
