import { expect, test } from 'vitest';
import { openFixture } from '../../../../../test/support/check.ts';
import { complete } from '../../../language/complete.ts';
import { define } from '../../../language/define.ts';
import { hover } from '../../../language/hover.ts';
import { meltano } from '../index.ts';

const lockPath = '/w/plugins/extractors/tap-shop--acme.lock';
const lock = `{
  "plugin_type": "extractors", "name": "tap-shop", "namespace": "tap_shop", "variant": "acme",
  "description": "Reads the shop.",
  "settings": [
    { "name": "api_url", "kind": "string", "value": "https://shop", "description": "Where the shop is.", "label": "Address" },
    { "name": "api_token", "sensitive": true, "value": "hush-hush", "aliases": ["token"] },
    { "name": "auth.user" },
    { "name": "verbose", "kind": "boolean", "value": false },
    { "name": "files", "kind": "array" },
    { "name": "old", "kind": "hidden" },
    { "name": "mode", "kind": "options", "options": [{ "label": "Fast", "value": "fast" }, { "value": "true" }, { "value": 1 }] }
  ]
}`;

/** The text of `meltano.yml` with the cursor at `<|>`. */
async function at(text: string) {
  const offset = text.indexOf('<|>');
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': text.replace('<|>', ''),
    [lockPath]: lock,
  });
  const path = '/w/meltano.yml';
  return {
    labels: () => complete(platform, path, offset).items.map(({ label }) => label),
    items: () => complete(platform, path, offset).items,
    hover: () => hover(platform, path, offset)?.markdown,
    targets: () =>
      define(platform, path, offset)?.targets.map((target) => [
        target.path,
        platform.source(target.path)!.slice(target.span),
      ]),
  };
}

const project = (config: string): string =>
  `plugins:\n  extractors:\n  - name: tap-shop\n    variant: acme\n    config:\n${config}`;

test('settings that are not set yet complete, with kind and description; extras come last', async () => {
  const { labels, items } = await at(project('      api_url: x\n      token: $T\n      <|>'));
  expect(labels().slice(0, 4)).toEqual(['auth.user', 'verbose', 'files', 'mode']);
  expect(labels()).toContain('_select');
  expect(labels()).not.toContain('old');
  const [user, , files] = items();
  expect(user).toMatchObject({ detail: 'string', insertText: 'auth.user: ' });
  expect(files).toMatchObject({ detail: 'array', insertText: 'files:' });
});

test('settings of an inherited plugin complete in an environment, and parts of a name below their mapping', async () => {
  const { labels } = await at(
    `${project('      files: []\n')}  - name: tap-eu\n    inherit_from: tap-shop\nenvironments:\n- name: dev\n  config:\n    plugins:\n      extractors:\n      - name: tap-eu\n        config:\n          <|>\n`,
  );
  expect(labels()).toContain('api_token');
  const nested = await at(project('      auth:\n        <|>\n'));
  expect(nested.labels()).toEqual(['user']);
});

test('values: options as they must be written, true and false, the default, a variable for what is sensitive', async () => {
  const options = await at(project('      mode: <|>\n'));
  expect(options.items().map(({ insertText, detail }) => [insertText, detail])).toEqual([
    ['fast', 'Fast'],
    ["'true'", undefined],
    ['1', undefined],
  ]);
  expect((await at(project('      verbose: <|>\n'))).labels()).toEqual(['true', 'false']);
  expect((await at(project('      api_url: <|>\n'))).items()).toMatchObject([
    { label: 'https://shop', insertText: 'https://shop' },
  ]);
  expect((await at(project('      api_token: <|>\n'))).labels()).toEqual(['$TAP_SHOP_API_TOKEN']);
});

test('a setting’s hover tells kind, default, options and variable, and never the default of what is sensitive', async () => {
  const url = (await at(project('      api_<|>url: x\n'))).hover();
  expect(url).toBe(
    '**api\\_url** — string · Address\n\nWhere the shop is.\n\nDefault: `https://shop`.\n\nSet from the environment by `TAP_SHOP_API_URL`.',
  );
  const token = (await at(project('      tok<|>en: x\n'))).hover();
  expect(token).toContain('**api\\_token** — string, sensitive');
  expect(token).not.toContain('hush');
  expect((await at(project('      mo<|>de: fast\n'))).hover()).toContain(
    'One of `fast` (Fast), `true`, `1`.',
  );
  expect((await at(project('      _sel<|>ect: []\n'))).hover()).toContain('`TAP_SHOP__SELECT`');
});

test('what only the lock file calls sensitive is a secret all the same', async () => {
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': project(
      '      token: value-one\n      auth: { user: ann-the-admin }\n      files: [open]\n',
    ),
    [lockPath]: lock.replace('{ "name": "auth.user" }', '{ "name": "auth.user", "kind": "password" }'),
  });
  expect([...platform.secrets()].sort()).toEqual(['ann-the-admin', 'value-one']);
});

test('behind a dollar sign stand the variables that some file sets', async () => {
  const { items } = await at(`env: { OWN: 1 }\n${project('      api_url: $<|>\n')}`);
  expect(items().map(({ label, span }) => [label, span.end - span.start])).toEqual([['OWN', 0]]);
});

test('a job’s hover tells of its schedules', async () => {
  const job = await at(
    "jobs:\n- { name: lo<|>ad, tasks: [] }\nschedules:\n- { name: nightly, interval: '0 3 * * *', job: load }\n",
  );
  expect(job.hover()).toContain('scheduled by `nightly`: at 03:00 every day');
});

test('a setting leads to its line of the lock file, a plugin to its lock file, and both say what the plugin is for', async () => {
  expect((await at(project('      tok<|>en: x\n'))).targets()).toEqual([[lockPath, 'api_token']]);
  const name = await at(project('      files: []\n').replace('name: tap-', 'name: tap<|>-'));
  expect(name.targets()).toEqual([[lockPath, '']]);
  expect(name.hover()).toContain('Reads the shop.');
  const variant = await at(project('      files: []\n').replace('variant: ', 'variant: <|>'));
  expect(variant.targets()).toEqual([[lockPath, '']]);
  const parent = await at(`${project('      files: []\n')}  - name: tap-eu\n    inherit_from: <|>tap-shop\n`);
  expect(parent.targets()?.map(([path]) => path)).toEqual(['/w/meltano.yml', lockPath]);
});
