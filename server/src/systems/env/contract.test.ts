import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { env } from './index.ts';

test('the template of a folder says what its `.env` must set', () =>
  checkFindings(
    [env],
    `#- /w/.env
HOST=1
#<- information env/missing-variable: \`TOKEN\` is asked for by \`.env.example\` and not set here; add it
OWN=2
#<- hint env/undocumented-variable: \`.env.example\` does not ask for \`OWN\`, so others do not know to set it; add it there
#- /w/.env.example
HOST=
TOKEN=
LOCAL=
#- /w/.env.local
LOCAL=1
NOT_TOLD=1
#<- hint env/unused-variable: nothing in this workspace reads \`NOT_TOLD\`; remove it, or correct its name
#- /w/other/.env
ELSE=1
#- /w/only/.env.template
WANTED=
`
      .replace('#<- hint', '# <- hint')
      .replace('# <- hint', '#<- hint'),
  ));

test('what is missing is added at the end of the file that lacks it', async () => {
  const { platform, files } = await openFixture([env], {
    '/w/.env': 'A=1',
    '/w/.env.template': '# wanted\nB=\n',
  });
  const fixes = (): readonly unknown[] =>
    platform.findings('/w/.env').map(({ code, fixes: [fix] = [] }) => [code, fix!.title, fix!.edits]);
  expect(fixes()).toEqual([
    [
      'env/missing-variable',
      'Add `B` to .env',
      [{ path: '/w/.env', span: { start: 3, end: 3 }, newText: '\nB=\n' }],
    ],
    [
      'env/undocumented-variable',
      'Add `A` without its value to .env.template',
      [{ path: '/w/.env.template', span: { start: 12, end: 12 }, newText: 'A=\n' }],
    ],
  ]);
  files.texts.set('/w/.env.template', 'A=\n');
  expect([...platform.update(['/w/.env.template'])]).toContain('/w/.env');
  expect(fixes()).toEqual([]);
});

test('a variable that nothing sets is told of, unless a template asks for it or a script may set it', async () => {
  const texts = { '/w/.env': 'URL=http://${HOST}:${PORT:-1}\n' };
  const codes = async (more: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const { platform } = await openFixture([env], { ...texts, ...more });
    return platform.findings('/w/.env').map(({ code, message }) => `${code} ${/`(\w+)`/.exec(message)?.[1]}`);
  };
  expect(await codes({})).toEqual(['env/undefined-variable HOST', 'env/undefined-variable PORT']);
  expect(await codes({ '/w/sub/.env.example': 'HOST=\nPORT=\n' })).toEqual([]);
  expect(await codes({ '/w/.envrc': 'source ./more.sh\n' })).toEqual([]);
  expect(await codes({ '/w/.envrc': 'layout python\nexport HOST=1\n' })).toEqual([
    'env/undefined-variable PORT',
  ]);
});
