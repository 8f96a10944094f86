import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { meltano } from '../index.ts';

const check = (fixture: string): Promise<void> => checkFindings([meltano], fixture);

test('invalid-pip-url: word for word, as pip and uv get it', () =>
  check(`
#- /w/meltano.yml
plugins:
  extractors:
  - name: a
    namespace: a
    pip_url: tap-a >= 1.0
    #              ^^ warning meltano/invalid-pip-url: \`>=\` stands apart from its package; write both as one word, or in quotes
  - name: b
    namespace: b
    pip_url: https://github.com/acme/tap-b.git
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meltano/invalid-pip-url: \`https://github.com/acme/tap-b.git\` is the page of a repository; begin with \`git+\` to install from it
  - name: b2
    namespace: b2
    pip_url: github.com/acme/tap-b@main
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meltano/invalid-pip-url: \`github.com/acme/tap-b@main\` is taken for a path; begin with \`git+https://\` to install from the repository
  - name: b3
    namespace: b3
    pip_url: git@gitlab.com:acme/tap-b.git
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meltano/invalid-pip-url: \`git@gitlab.com:acme/tap-b.git\` is an address for git alone; write \`git+ssh://git@gitlab.com/acme/tap-b.git\`
  - name: c
    namespace: c
    pip_url: "tap-c 'open"
    #         ^^^^^^^^^^^ warning meltano/invalid-pip-url: a quote in \`pip_url\` is never closed; close it
  - name: tap-semicolon
    namespace: x
    pip_url: tap-x==1.0; tap-y
    #        ^^^^^^^^^^^ warning meltano/invalid-pip-url: \`tap-x==1.0;\` ends in a semicolon, behind which uv wants a marker (pip passes over it); remove it
  - name: d
    namespace: d
    pip_url: tap-d!1
    #        ^^^^^^^ warning meltano/invalid-pip-url: \`tap-d!1\` is no package that pip or uv could install; write a name with its version, as in \`tap-x==1.0\`
`));

test.each([
  'tap-a==1.0',
  'tap-a[s3,x]~=1.4 other>=1,<2',
  "'tap-a >= 1.0' -r requirements.txt",
  'git+https://github.com/acme/tap.git@v1',
  'git+ssh://git@github.com/acme/tap.git github-com/acme/tap ./github.com/acme/tap',
  'https://github.com/acme/tap/archive/refs/tags/v1.zip',
  'tap-a@git+https://github.com/acme/tap.git',
  '-e ./plugins/tap-a --extra-index-url https://example.org/simple tap-b',
  '$PACKAGE git+https://$TOKEN@example.org/x.git',
  'https://example.org/tap-1.0-py3-none-any.whl ../tap ~/tap C:\\tap tap.zip',
  "tap-a==1.0;python_version<'3.12'",
  'tap-a==1.*,!=1.3',
])('invalid-pip-url: %s is fine', (url) =>
  check(
    `\n#- /w/meltano.yml\nplugins: { loaders: [{ name: a, namespace: a, pip_url: ${JSON.stringify(url)} }] }\n`,
  ),
);

test('inherit-cycle: each plugin of the circle, over two files too', () =>
  check(`
#- /w/meltano.yml
include_paths: [inc.yml]
plugins:
  extractors:
  - { name: tap-a, inherit_from: tap-b }
  #                              ^^^^^ error meltano/inherit-cycle: \`tap-a\` from \`tap-b\` from \`tap-a\`: plugins that inherit in a circle stop every command; let one of them define itself
  - { name: tap-b, inherit_from: tap-a }
  #                              ^^^^^ error meltano/inherit-cycle: \`tap-b\` from \`tap-a\` from \`tap-b\`: plugins that inherit in a circle stop every command; let one of them define itself
  - { name: tap-c, inherit_from: tap-a }
  - { name: tap-d, namespace: d, inherit_from: tap-d }
  loaders:
  - { name: target-a, inherit_from: target-b }
  #                                 ^^^^^^^^ error meltano/inherit-cycle: \`target-a\` from \`target-b\` from \`target-a\`: plugins that inherit in a circle stop every command; let one of them define itself
#- /w/inc.yml
plugins:
  loaders:
  - { name: target-b, inherit_from: target-a }
  #                                 ^^^^^^^^ error meltano/inherit-cycle: \`target-b\` from \`target-a\` from \`target-b\`: plugins that inherit in a circle stop every command; let one of them define itself
`));

test('inherit-cycle: over three files with one plugin each, and gone with one of them', async () => {
  const one = (name: string, parent: string): string =>
    `plugins:\n  extractors:\n  - { name: ${name}, inherit_from: ${parent} }\n`;
  const paths = ['/w/meltano.yml', '/w/b.yml', '/w/c.yml'];
  const { platform, files } = await openFixture([meltano], {
    '/w/meltano.yml': `include_paths: ['*.yml']\n${one('tap-a', 'tap-b')}`,
    '/w/b.yml': one('tap-b', 'tap-c'),
    '/w/c.yml': one('tap-c', 'tap-a'),
  });
  const codes = (): readonly string[] =>
    paths.flatMap((path) => platform.findings(path).map(({ code }) => code));
  expect(codes()).toEqual(Array(3).fill('meltano/inherit-cycle'));
  files.texts.set('/w/c.yml', 'plugins:\n  extractors:\n  - { name: tap-c, namespace: c }\n');
  platform.update(['/w/c.yml']);
  expect(codes()).toEqual([]);
  files.texts.set('/w/c.yml', one('tap-c', 'tap-a'));
  platform.update(['/w/c.yml']);
  expect(codes()).toEqual(Array(3).fill('meltano/inherit-cycle'));
});

test('missing-lock: the file that Meltano looks for', () =>
  check(`
#- /w/meltano.yml
plugins:
  extractors:
  - { name: tap-a, variant: acme }
  #                         ^^^^ information meltano/missing-lock: \`plugins/extractors/tap-a--acme.lock\` is not there, so Meltano has to ask its Hub for the plugin; run \`meltano lock\` and keep the file
  - { name: tap-b, variant: acme }
  - { name: tap-c, inherit_from: tap-b, variant: acme }
  - { name: tap-d, namespace: tap_d }
  - { name: tap-e, inherit_from: tap-d }
  - { name: tap-f }
  #         ^^^^^ information meltano/missing-lock: \`plugins/extractors/tap-f--default.lock\` is not there, so Meltano has to ask its Hub for the plugin; run \`meltano lock\` and keep the file
#- /w/plugins/extractors/tap-b--acme.lock
{ "plugin_type": "extractors", "name": "tap-b", "namespace": "tap_b", "variant": "acme" }
`));

/** The findings of a lock file that a plugin needs. */
async function lockFindings(text: string): Promise<readonly string[]> {
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': 'plugins: { extractors: [{ name: tap-b, variant: acme }] }\n',
    '/w/plugins/extractors/tap-b--acme.lock': text,
  });
  const path = '/w/plugins/extractors/tap-b--acme.lock';
  return platform
    .findings(path)
    .map(({ severity, span, message }) => `${severity} ${platform.source(path)!.slice(span)}: ${message}`);
}

const lock = '"plugin_type":"extractors","name":"tap-b","namespace":"tap_b","variant":"acme"';

test.each([
  [`{${lock}}`, []],
  [`{${lock},"label":"a","label":"b","x":NaN,"y":-1.5e3,"z":[[],{}]}`, []],
  ['', ['error : the lock file is no JSON: it is empty; remove it, and `meltano lock` writes it anew']],
  [`{${lock}`, ['error : the lock file is no JSON: it wants a comma or `}` here']],
  [`{${lock},}`, ['error }: the lock file is no JSON: it wants a key in double quotes here']],
  [
    `{${lock}} {`,
    ['error {: the lock file is no JSON: it goes on where its value has ended; remove the rest'],
  ],
  [`{${lock},"a":01}`, ['error 1: the lock file is no JSON: it wants a comma or `}` here']],
  [`{${lock},"a":'b'}`, ["error ': the lock file is no JSON: it wants a value here"]],
  ['[]', ['error []: a lock file must hold one object; run `meltano lock` again']],
  [
    `{${lock.replace('acme', 'other')}}`,
    [
      "error other: the file's name says variant `acme` and its content `other`, which Meltano refuses; lock the plugin again",
    ],
  ],
  [
    `{${lock},"settings":[{"name":"a","kind":"number"},{"kind":"string"}]}`,
    [
      'error kind: the setting has no `name`',
      'error number: `number` is no kind of setting; use one of oauth, date_iso8601, file, email, integer, decimal, options, object, array, boolean, string, hidden, password',
    ],
  ],
  [
    `{${lock},"commands":{"a":5,"b":{"arg":"x"},"c":"d"}}`,
    [
      'error 5: the command `a` must be a text or an object with `args`',
      'error arg: the command `b` has an unknown key `arg`, which Meltano refuses',
    ],
  ],
])('invalid-lock: %s', async (text, expected) => {
  expect([...(await lockFindings(text))].sort()).toEqual([...expected].sort());
});

test('invalid-lock: a file that nobody needs is warned of', () =>
  check(`
#- /w/meltano.yml
plugins: { extractors: [{ name: tap-b, namespace: tap_b }] }
#- /w/plugins/extractors/tap-b--acme.lock
[]
#<- warning meltano/invalid-lock: a lock file must hold one object; run \`meltano lock\` again
`));

test('what an alias brings to several plugins is told once', () =>
  check(`
#- /w/meltano.yml
plugins:
  extractors:
  - &base
    name: tap-x
    namespace: x
    settings:
    - { name: a, kind: password }
    #                  ^^^^^^^^ warning meltano/deprecated-key: the kind \`password\` is deprecated; say \`sensitive: true\` instead
    - { name: b, kind: integer, value: many }
    #                                  ^^^^ error meltano/invalid-setting-default: the default must be a whole number, as the setting's kind says, not \`many\`
  - { <<: *base, name: tap-y }
  - { <<: *base, name: tap-z }
`));

test('variables are facts, where Meltano expands them', async () => {
  const text = `
env: { REGION: eu, COPY: "\${REGION}-\\\\$NOT" }
plugins:
  loaders:
  - name: target-y
    namespace: target_y
    config: { path: $HOME/x, schema: $TARGET_Y_SCHEMA, a: $lower, b: "\${lower}", c: $MELTANO_PROJECT_ROOT }
    select: [$NOT_HERE]
`;
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
  const facts = platform.facts.of('/w/meltano.yml');
  const uses = facts.filter((fact) => fact.fact === 'use' && fact.namespaces[0] === 'env');
  const byPlace = uses
    .flatMap((use) => (use.fact === 'use' ? use : []))
    .sort((a, b) => a.span.start - b.span.start);
  expect(byPlace.map(({ name, span }) => [name, text.slice(span.start, span.end)])).toEqual([
    ['REGION', 'REGION'],
    ['HOME', 'HOME'],
    ['TARGET_Y_SCHEMA', 'TARGET_Y_SCHEMA'],
    ['lower', 'lower'],
  ]);
  const defined = facts.filter((fact) => fact.fact === 'definition' && fact.namespace === 'env');
  expect(defined.map((fact) => fact.fact === 'definition' && fact.name)).toEqual(['REGION', 'COPY']);
});

test('unclosed-quote: in a command, short and long', () =>
  check(`
#- /w/meltano.yml
plugins:
  utilities:
  - name: dbt
    namespace: dbt
    commands:
      good: build --vars '{a}' "b c"
      bad: build --vars '{a}
      #    ^^^^^^^^^^^^^^^^^ error meltano/unclosed-quote: a quote in the arguments of \`bad\` is never closed; close it
      long: { args: 'it"s', executable: x }
      #              ^^^^ error meltano/unclosed-quote: a quote in the arguments of \`long\` is never closed; close it
      none:
`));

test('invalid-setting-default: what the kind of the setting does not take', () =>
  check(`
#- /w/meltano.yml
plugins:
  utilities:
  - name: u
    namespace: u
    settings:
    - { name: a, kind: integer, value: many }
    #                                  ^^^^ error meltano/invalid-setting-default: the default must be a whole number, as the setting's kind says, not \`many\`
    - { name: b, kind: integer, value: '5' }
    - { name: c, kind: decimal, value: 1e3 }
    - { name: d, kind: integer, value: 5 }
    - { name: e, kind: options, value: fats, options: [{ label: F, value: fast }] }
    #                                  ^^^^ error meltano/invalid-setting-default: \`fats\` is none of the setting's options; did you mean \`fast\`?
    - { name: f, kind: options, value: fast, options: [{ label: F, value: fast }] }
    - { name: g, kind: }
    - { name: 5 }
    #         ^ error meltano/invalid-value: \`name\` must be a string, not a number; put it in quotes
`));
