import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { env } from '../../env/index.ts';
import { meltano } from '../index.ts';

const check = (fixture: string): Promise<void> => checkFindings([meltano, env], fixture);

const lock = `#- /w/plugins/extractors/tap-shop--acme.lock
{
  "plugin_type": "extractors", "name": "tap-shop", "namespace": "tap_shop", "variant": "acme",
  "capabilities": ["catalog", "about", "stream-maps"],
  "settings_group_validation": [["api_token"], ["auth.user", "auth.pass"]],
  "settings": [
    { "name": "api_url", "kind": "string", "description": "Where the shop is." },
    { "name": "api_token", "kind": "string", "sensitive": true, "aliases": ["token"] },
    { "name": "auth.user", "kind": "string" },
    { "name": "auth.pass", "kind": "password" },
    { "name": "port", "kind": "integer", "value": 443 },
    { "name": "ratio", "kind": "decimal" },
    { "name": "verbose", "kind": "boolean" },
    { "name": "start_date", "kind": "date_iso8601" },
    { "name": "files", "kind": "array" },
    { "name": "headers", "kind": "object" },
    { "name": "mode", "kind": "options", "options": [
      { "label": "Fast", "value": "fast" }, { "label": "One", "value": 1 } ] }
  ]
}`;

test('unknown-setting: by the lock file, with the key that was meant', () =>
  check(`
#- /w/meltano.yml
env: { TOKEN: '' }
plugins:
  extractors:
  - name: tap-shop
    variant: acme
    config:
      token: $TOKEN
      api_ulr: https://shop
#     ^^^^^^^ warning meltano/unknown-setting: the plugin has no setting \`api_ulr\`; did you mean \`api_url\`?
      auth:
        user: ann
        pas: x
#       ^^^ warning meltano/unknown-setting: the plugin has no setting \`auth.pas\`; did you mean \`auth.pass\`?
      headers: { X-Own: 1 }
      whatever:
#     ^^^^^^^^ information meltano/unknown-setting: the plugin has no setting \`whatever\`; correct the name, or add it to the settings of the plugin
        deep: { deeper: 1 }
        two: 2
      stream_maps: {}
      _select: ['*']
      _metadata: { '*': { selected: true } }
      _selct: ['*']
#     ^^^^^^ warning meltano/unknown-setting: the plugin has no setting \`_selct\`; did you mean \`_select\`?
      _my_own_extra: 1
      auth.user: ben
  - name: tap-shop-eu
    inherit_from: tap-shop
    config:
      prot: 1
#     ^^^^ warning meltano/unknown-setting: the plugin has no setting \`prot\`; did you mean \`port\`?
  - name: tap-nowhere
    #     ^^^^^^^^^^^ information meltano/missing-lock: \`plugins/extractors/tap-nowhere--default.lock\` is not there, so Meltano has to ask its Hub for the plugin; run \`meltano lock\` and keep the file
    config: { anything: 1 }
  - name: tap-custom
    namespace: tap_custom
    config: { anything: 1 }
${lock}
`));

test('of a plugin that says nothing of its settings only extras are told', () =>
  check(`
#- /w/meltano.yml
plugins:
  extractors:
  - name: tap-custom
    namespace: tap_custom
    pip_url: tap-custom
    capabilities: [about, stream-maps]
    config: { select: ['*'], selct: 1, stream_mps: {}, port: abc, _selct: [] }
    #                                                             ^^^^^^ warning meltano/unknown-setting: the plugin has no setting \`_selct\`; did you mean \`_select\`?
  - name: tap-nowhere
    #     ^^^^^^^^^^^ information meltano/missing-lock: \`plugins/extractors/tap-nowhere--default.lock\` is not there, so Meltano has to ask its Hub for the plugin; run \`meltano lock\` and keep the file
    settings: [{ name: extra_port, kind: integer }]
    config: { extra_prot: 1, extra_port: 5, load_schem: x }
  loaders:
  - name: target-custom
    namespace: target_custom
    pip_url: target-custom
    config: { target_schema: raw, dialect: x }
`));

test('unknown-setting: in environments of another file, and own settings beside inherited ones', () =>
  check(`
#- /w/meltano.yml
include_paths: [env.yml]
plugins:
  extractors:
  - name: tap-base
    namespace: tap_base
    settings: [{ name: one }]
  - name: tap-eu
    inherit_from: tap-base
    settings: [{ name: two }]
    config: { one: 1, two: 2 }
#- /w/env.yml
environments:
- name: dev
  config:
    plugins:
      extractors:
      - name: tap-eu
        config: { one: 1, tow: 2 }
        #                 ^^^ warning meltano/unknown-setting: the plugin has no setting \`tow\`; did you mean \`two\`?
`));

test('invalid-setting-value: an error where Meltano cannot make the kind, else advice', () =>
  check(`
#- /w/meltano.yml
env: { PORT: '', MODE: '' }
plugins:
  extractors:
  - name: tap-shop
    variant: acme
    config:
      api_token: abc
      port: abc
#           ^^^ error meltano/invalid-setting-value: \`port\` takes a whole number, and Meltano refuses this text; write digits without quotes
      ratio: much
#            ^^^^ error meltano/invalid-setting-value: \`ratio\` takes a number, and Meltano refuses this text; write it without quotes
      verbose: perhaps
#              ^^^^^^^ warning meltano/invalid-setting-value: \`verbose\` takes \`true\` or \`false\`, which this text is not; Meltano takes whatever else is written for \`false\`
      start_date: yesterday
#                 ^^^^^^^^^ warning meltano/invalid-setting-value: \`start_date\` takes a date, which this text is not; write it as \`2026-01-31\` or \`2026-01-31T00:00:00Z\`
      files: data.csv
#            ^^^^^^^^ error meltano/invalid-setting-value: \`files\` takes a list, and Meltano refuses this text; write each item behind \`- \`
      headers: [a]
#              ^^^ warning meltano/invalid-setting-value: \`headers\` takes a mapping, not a list; write its keys below it
      mode: fats
#           ^^^^ error meltano/invalid-setting-value: \`fats\` is none of the options of \`mode\`; did you mean \`fast\`?
  - name: tap-fine
    inherit_from: tap-shop
    config:
      port: '8080'
      ratio: 1.5
      verbose: 'yes'
      start_date: '2026-01-31'
      files: '["a.csv"]'
      headers: '{"a": 1}'
      mode: 1
  - name: tap-later
    inherit_from: tap-shop
    config:
      port: $PORT
      mode: \${MODE}
      files:
      verbose: 0
  - name: tap-typed
    inherit_from: tap-shop
    config:
      port: 1.5
#           ^^^ warning meltano/invalid-setting-value: \`port\` takes a whole number, not a number; write digits without quotes
      mode: '1'
#            ^ error meltano/invalid-setting-value: \`1\` is none of the options of \`mode\`; write it without quotes
${lock}
`));

test('conflicting-setting: two values for one setting', () =>
  check(`
#- /w/meltano.yml
env: { A: '', B: '' }
plugins:
  extractors:
  - name: tap-shop
    variant: acme
    config:
      api_token: $A
      token: $B
#     ^^^^^ error meltano/conflicting-setting: \`token\` is another name of \`api_token\`, which has another value here, and Meltano refuses that; remove one of the two
  - name: tap-same
    inherit_from: tap-shop
    config: { api_token: $A, token: $A }
${lock}
`));

test('missing-setting: no group is set whole, neither here nor by a file of variables', () =>
  check(`
#- /w/meltano.yml
env: { P: '' }
environments:
- name: dev
  config:
    plugins:
      extractors: [{ name: tap-env, config: { token: x } }]
plugins:
  extractors:
  - name: tap-shop
    #     ^^^^^^^^ information meltano/missing-setting: nothing here sets what \`tap-shop\` needs; set \`api_token\`, or \`auth.user\` and \`auth.pass\`, here or in the environment
    variant: acme
    config: { auth: { user: ann } }
  - name: tap-whole
    inherit_from: tap-shop
    config: { auth.pass: $P }
  - name: tap-env
    inherit_from: tap-shop
  - name: tap-file
    inherit_from: tap-shop
#- /w/.env
TAP_FILE_API_TOKEN=abc
${lock}
`));

test('a change of a lock file or of a file of variables is seen in the files that rest on it', async () => {
  const { platform, files } = await openFixture([meltano, env], {
    '/w/meltano.yml':
      'include_paths: [more.yml]\nplugins:\n  extractors:\n  - { name: tap-a, namespace: a, settings: [{ name: one }] }\n  - { name: tap-b, inherit_from: tap-a, settings_group_validation: [[key]] }\n',
    '/w/more.yml':
      'environments:\n- name: dev\n  config:\n    plugins:\n      extractors: [{ name: tap-b, config: { two: 1 } }]\n',
  });
  const codes = (path: string): readonly string[] => platform.findings(path).map(({ code }) => code);
  expect(codes('/w/more.yml')).toEqual(['meltano/unknown-setting']);
  files.texts.set('/w/meltano.yml', files.texts.get('/w/meltano.yml')!.replace('name: one', 'name: two'));
  platform.update(['/w/meltano.yml']);
  expect(codes('/w/more.yml')).toEqual([]);
  expect(codes('/w/meltano.yml')).toEqual([]);
});

test('a variable that a file comes to set is a setting that is set', async () => {
  const { platform, files } = await openFixture([meltano, env], {
    '/w/meltano.yml':
      'plugins:\n  extractors:\n  - { name: tap-a, namespace: a, settings: [{ name: key }], settings_group_validation: [[key]] }\n',
    '/w/.env': 'OTHER=1\n',
  });
  const codes = (): readonly string[] => platform.findings('/w/meltano.yml').map(({ code }) => code);
  expect(codes()).toEqual(['meltano/missing-setting']);
  files.texts.set('/w/.env', 'OTHER=1\nTAP_A_KEY=x\n');
  platform.update(['/w/.env']);
  expect(codes()).toEqual([]);
});
