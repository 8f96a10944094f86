import { expect, test } from 'vitest';
import { MemoryFiles } from '../../../test/support/memory-files.ts';
import { neverCancelled } from '../core/cancellation.ts';
import { silentLog } from '../core/log.ts';
import { Platform } from '../core/platform.ts';
import { systems } from '../systems/index.ts';
import { actionsAt } from './act.ts';
import { defaultFindingSettings } from './diagnose.ts';

const code = 'env/secret-in-tracked-file';
// Put together here, so that nobody takes this file for one that leaks.
const value = ['q7Lm', 'Zx9_', 'R2vT8w'].join('');
const awsKey = ['AKIA', 'Q7LMZX9R2VT8WK3P'].join('');

async function open(
  texts: Readonly<Record<string, string>>,
  isTracked: (path: string) => boolean | undefined = () => true,
): Promise<Platform> {
  const files = new MemoryFiles(texts);
  const platform = new Platform({ systems, files, log: silentLog, pause: async () => {}, isTracked });
  await platform.load(['/w'], neverCancelled);
  return platform;
}

function secretsIn(platform: Platform, path: string): readonly string[] {
  return platform
    .findings(path)
    .filter((finding) => finding.code === code)
    .map(({ span, message }) => `${platform.source(path)!.slice(span)} ${/^\S+/.exec(message)![0]}`);
}

/** The files as they are once the secret has been moved. */
function moved(platform: Platform, path: string): Readonly<Record<string, string>> | undefined {
  const finding = platform.findings(path).find((each) => each.code === code)!;
  const [action] = actionsAt(platform, path, finding.span, defaultFindingSettings).filter(({ title }) =>
    title.startsWith('Move'),
  );
  if (!action) return undefined;
  expect(action.title).not.toContain(value);
  const texts: Record<string, string> = {};
  for (const { path: made, text } of action.creates ?? []) texts[made] = text;
  for (const { path: at, span, newText } of action.edits) {
    const text = platform.source(at)!.text;
    texts[at] = text.slice(0, span.start) + newText + text.slice(span.end);
  }
  return texts;
}

const compose = `services:
  db:
    image: postgres
    environment:
      POSTGRES_PASSWORD: ${value}
      OTHER_PASSWORD: changeme
      THIRD_PASSWORD: postgres
      FOURTH_PASSWORD: \${FOURTH}
      API_TOKEN: your-token-here-1A
      URL: postgres://ann:${value}@db/x
`;

test('values that look like secrets, where git tracks the file', async () => {
  const platform = await open({ '/w/compose.yaml': compose });
  expect(secretsIn(platform, '/w/compose.yaml')).toEqual([
    `${value} \`POSTGRES_PASSWORD\``,
    `${value} \`URL\``,
  ]);
  for (const known of [undefined, false])
    expect(secretsIn(await open({ '/w/compose.yaml': compose }, () => known), '/w/compose.yaml')).toEqual([]);
});

test('no finding, title or message holds a value', async () => {
  const platform = await open({ '/w/compose.yaml': compose, '/w/.env': `A_TOKEN=${value}\n` });
  for (const path of platform.paths()) expect(JSON.stringify(platform.findings(path))).not.toContain(value);
});

test('by its looks alone in any file that a system reads; a tracked `.env` is to be ignored', async () => {
  const platform = await open({
    '/w/shop/dbt_project.yml': 'name: shop\n',
    '/w/shop/models/a.sql': `select '${awsKey}' as a, 'AKIAIOSFODNN7EXAMPLE' as b`,
    '/w/.env': `ANY=${awsKey}\n`,
    '/w/.env.example': 'API_TOKEN=\nDB_PASSWORD=<your password>\nKEY=xxxxxxxxxxxx\n',
  });
  expect(secretsIn(platform, '/w/shop/models/a.sql')).toEqual([`${awsKey} this`]);
  expect(secretsIn(platform, '/w/.env')).toEqual([`${awsKey} \`ANY\``]);
  expect(secretsIn(platform, '/w/.env.example')).toEqual([]);
  const [finding] = platform.findings('/w/.env').filter((each) => each.code === code);
  expect(finding?.message).toContain('take the file out of git');
  expect(moved(platform, '/w/.env')).toBeUndefined();
});

test('moves it into `.env`, in the words of the tool that owns the file', async () => {
  const composed = await open({ '/w/compose.yaml': compose, '/w/.env': 'A=1' });
  expect(moved(composed, '/w/compose.yaml')).toEqual({
    '/w/compose.yaml': compose.replace(value, '${POSTGRES_PASSWORD}'),
    '/w/.env': `A=1\nPOSTGRES_PASSWORD=${value}\n`,
  });
  const yaml = (text: string): string =>
    `plugins:\n  loaders:\n    - name: target-x\n      namespace: target_x\n      config: { password: ${text} }\n`;
  const meltano = await open({ '/w/el/meltano.yml': yaml(value), '/w/x/.env': 'PASSWORD=other\n' });
  expect(moved(meltano, '/w/el/meltano.yml')).toEqual({
    '/w/el/meltano.yml': yaml('$PASSWORD_2'),
    '/w/el/.env': `PASSWORD_2=${value}\n`,
  });
  const profiles = (text: string): string =>
    `shop:\n  outputs:\n    dev: { type: postgres, password: ${text} }\n`;
  for (const [before, after] of [
    [value, `"{{ env_var('PASSWORD') }}"`],
    [`'${value}'`, `'{{ env_var("PASSWORD") }}'`],
    [`"${value}"`, `"{{ env_var('PASSWORD') }}"`],
  ] as const) {
    const dbt = await open({
      '/w/dbt/dbt_project.yml': 'name: shop\n',
      '/w/dbt/profiles.yml': profiles(before),
    });
    expect(moved(dbt, '/w/dbt/profiles.yml')?.['/w/dbt/profiles.yml']).toBe(profiles(after));
  }
  const pipeline = (text: string): string => `pipelines:
  nightly:
    env: { API_TOKEN: ${text} }
    steps: [run: make]
checks:
  web: { http: 'https://ann:${value}@shop.io/' }
`;
  const penstock = await open({ '/w/penstock.yaml': pipeline(value) });
  expect(secretsIn(penstock, '/w/penstock.yaml')).toHaveLength(2);
  expect(moved(penstock, '/w/penstock.yaml')).toEqual({
    '/w/penstock.yaml': pipeline('"${API_TOKEN}"'),
    '/w/.env': `API_TOKEN=${value}\n`,
  });
  // No variable is filled in there.
  const url = await open({ '/w/penstock.yaml': pipeline('x') });
  expect(moved(url, '/w/penstock.yaml')).toBeUndefined();
});

test('a value that `.env` has already is referred to', async () => {
  const text = `plugins:\n  extractors:\n  - name: tap-x\n    namespace: tap_x\n    config: { password: ${value} }\n`;
  const platform = await open({
    '/w/meltano.yml': text,
    '/w/.env': `A=1\nexport SHOP_PASSWORD="${value}"\n`,
  });
  const finding = platform.findings('/w/meltano.yml').find((each) => each.code === code)!;
  const [action] = actionsAt(platform, '/w/meltano.yml', finding.span, defaultFindingSettings);
  expect(action).toMatchObject({
    title: 'Refer to `SHOP_PASSWORD` of .env',
    edits: [{ path: '/w/meltano.yml', newText: '$SHOP_PASSWORD' }],
  });
  expect(action!.edits).toHaveLength(1);
});
