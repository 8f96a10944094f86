import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

const project = '#- /w/dbt_project.yml\nname: shop\n';
const check = (fixture: string): Promise<void> => checkFindings([dbt], project + fixture);
const utils = '#- /w/dbt_packages/dbt_utils/dbt_project.yml\nname: dbt_utils\n';

test('packages that are not installed are told of once', () =>
  check(`#- /w/packages.yml
packages:
#<- information dbt/packages-not-installed: the packages are not installed, so what they define is not known; run \`dbt deps\`
  - package: dbt-labs/dbt_utils
    version: 1.3.0
  - package: dbt-labs/codegen
    version: 0.12.1
`));

test('one that is missing among installed ones is told of at its entry', () =>
  check(`${utils}#- /w/packages.yml
packages:
  - package: dbt-labs/dbt_utils
    version: 1.3.0
  - package: dbt-labs/codegen
    #        ^^^^^^^^^^^^^^^^ information dbt/packages-not-installed: \`codegen\` is not installed, so what it defines is not known; run \`dbt deps\`
    version: 0.12.1
  - git: https://example.com/x.git
    revision: v1
`));

test('the lock tells the name of a package from a repository', () =>
  check(`${utils}#- /w/dependencies.yml
packages:
  - git: https://example.com/x.git
    #    ^^^^^^^^^^^^^^^^^^^^^^^^^ information dbt/packages-not-installed: \`xx\` is not installed, so what it defines is not known; run \`dbt deps\`
    revision: v1
  - package: dbt-labs/dbt_utils
    version: 1.3.0
#- /w/package-lock.yml
packages:
  - name: xx
    git: https://example.com/x.git
    revision: abc
  - name: dbt_utils
    package: dbt-labs/dbt_utils
    version: 1.3.0
sha1_hash: 25181782116584c59364b93ace60e72a5ed2bf93
`));

test('what dbt deps refuses of an entry', () =>
  check(`${utils}#- /w/packages.yml
packages:
  - package: dbt_utils
    #        ^^^^^^^^^ error dbt/invalid-package: \`dbt_utils\` has no namespace, so the hub does not know it; write it as in \`dbt-labs/dbt_utils\`
    version: [">=1.0", "<2.0.0"]
    #          ^^^^^ warning dbt/invalid-package: \`>=1.0\` is no version to dbt; write three numbers, such as \`1.1.0\` or \`>=1.1.0\`
  - package: dbt-labs/dbt_utils
    version: [">=2.0.0", "<1.0.0"]
    #        ^^^^^^^^^^^^^^^^^^^^^ warning dbt/invalid-package: no version fits all of this at once; correct one of the bounds
  - package: fishtown-analytics/dbt_utils
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning dbt/deprecated: \`fishtown-analytics/dbt_utils\` is called \`dbt-labs/dbt_utils\` on the hub now; rename it
    version: ">=1.0.0,<2.0.0"
    #         ^^^^^^^^^^^^^^ warning dbt/invalid-package: \`>=1.0.0,<2.0.0\` is no version to dbt; write a list with one bound an item
    install_prerelease: true
  - package: dbt-labs/dbt_utils
    version: 1.0.0
    install-prerelease: true
#   ^^^^^^^^^^^^^^^^^^ error dbt/unknown-key: unknown key \`install-prerelease\`; this dbt calls it \`install_prerelease\`
  - git: https://example.com/y.git
    #    ^^^^^^^^^^^^^^^^^^^^^^^^^ warning dbt/unpinned-package: the package is not pinned to a revision, so each \`dbt deps\` may bring another; add \`revision:\` with a tag or a commit
  - git: https://example.com/z.git
    revision: main
    #         ^^^^ warning dbt/unpinned-package: \`main\` moves, so each \`dbt deps\` may bring another revision; name a tag or a commit
  - git: https://example.com/z
    revision: v2
    #         ^^ warning dbt/invalid-package: the repository is wanted at \`main\` as well, and there can be one revision only; agree on one
    warn-unpinned: false
  - private: org/repo
    provider: bitbucket
    #         ^^^^^^^^^ warning dbt/invalid-package: \`bitbucket\` is no provider dbt knows; it must be one of \`github\`, \`gitlab\`, \`ado\`, \`azure_devops\`, \`azure_active_directory\`
    revision: v1
  - local: ./own
    #      ^^^^^ warning dbt/missing-package: there is no dbt_project.yml in this folder, so it is no package; correct the path
  - local: packages/there
  - local: ../elsewhere
#- /w/packages/there/dbt_project.yml
name: there
`));

test('packages in both files are refused; projects alone are not', async () => {
  await check(`#- /w/packages.yml
packages: []
#<- error dbt/packages-in-two-files: dependencies.yml has \`packages\`, too, and dbt refuses both; keep them in one of the two files
#- /w/dependencies.yml
packages: []
`);
  await check('#- /w/packages.yml\npackages: []\n#- /w/dependencies.yml\nprojects:\n  - name: other\n');
});

const lock = (version: string, hash: string): string =>
  `#- /w/package-lock.yml\npackages:\n  - package: dbt-labs/dbt_utils\n    name: dbt_utils\n    version: ${version}\nsha1_hash: ${hash}\n`;

test('a lock that was made from this very list is fine', () =>
  check(
    `${utils}#- /w/packages.yml\npackages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n${lock('1.1.1', 'a158c48c59c2bb7d729d2a4e215aabe5bb4f3353')}`,
  ));

test('a lock that was made from another list', async () => {
  await check(`${utils}#- /w/packages.yml
packages:
  - package: dbt-labs/dbt_utils
    #        ^^^^^^^^^^^^^^^^^^ warning dbt/outdated-lock: package-lock.yml holds \`dbt-labs/dbt_utils\` 1.0.0, which does not fit; run \`dbt deps\` to lock and install what is wanted now
    version: 1.1.1
${lock('1.0.0', 'other')}`);
  await check(`${utils}#- /w/packages.yml
packages:
#<- information dbt/outdated-lock: package-lock.yml was made from another list of packages; run \`dbt deps\` to make it anew
  - package: dbt-labs/dbt_utils
    version: [">=1.0.0", "<2.0.0"]
${lock('1.0.0', 'other')}`);
});

test('a list that must be computed is not held against the lock', () =>
  check(
    `${utils}#- /w/packages.yml\npackages:\n  - package: dbt-labs/dbt_utils\n    version: "{{ env_var('V', '1.0.0') }}"\n${lock('1.0.0', 'other')}`,
  ));

test('an install elsewhere cannot be seen, and nothing is said of it', async () => {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\npackages-install-path: /opt/packages\n',
    '/w/packages.yml': 'packages: [{package: dbt-labs/dbt_utils, version: 1.3.0}]\n',
  });
  expect(platform.findings('/w/packages.yml')).toEqual([]);
});

test('a package that is missing among installed ones keeps names silent until it is there', async () => {
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/packages.yml':
      'packages:\n  - {package: dbt-labs/dbt_utils, version: 1.3.0}\n  - {package: dbt-labs/codegen, version: 0.12.1}\n',
    '/w/dbt_packages/dbt_utils/dbt_project.yml': 'name: dbt_utils\n',
    '/w/models/a.sql': "select * from {{ ref('nothing') }}",
  });
  expect(platform.findings('/w/models/a.sql')).toEqual([]);
  expect(platform.facts.holes('dbt.node', '/w')).toHaveLength(1);
  files.texts.set('/w/dbt_packages/codegen/dbt_project.yml', 'name: codegen\n');
  expect([...platform.update(['/w/dbt_packages/codegen/dbt_project.yml'])]).toContain('/w/models/a.sql');
  expect(platform.findings('/w/models/a.sql')).toMatchObject([{ code: 'dbt/undefined-ref' }]);
});

test('dependencies.yml is not rendered', () =>
  check(`#- /w/dependencies.yml
packages: "{{ var('packages', []) }}"
#          ^^^^^^^^^^^^^^^^^^^^^^^^^ error dbt/invalid-package: dependencies.yml is not rendered, so this is taken as it stands; move the packages to packages.yml
`));

test('packages of one name, and a package that nobody wants any more', async () => {
  await check(`#- /w/packages.yml
packages:
  - local: packages/utils
  - local: packages/fork
    #      ^^^^^^^^^^^^^ error dbt/duplicate-package: two packages are named \`utils\`, and dbt refuses that; remove one
#- /w/packages/utils/dbt_project.yml
name: utils
#- /w/packages/fork/dbt_project.yml
name: utils
#- /w/dbt_packages/utils/dbt_project.yml
name: utils
#- /w/dbt_packages/fork/dbt_project.yml
name: utils
`);
  await check(`${utils}#- /w/packages.yml
packages: []
#<- error dbt/outdated-lock: \`dbt_utils\` is installed and no longer wanted, and dbt refuses that; run \`dbt clean\`
`);
  await check(`${utils}#- /w/dbt_packages/other/dbt_project.yml
name: other
#- /w/dbt_packages/other/integration_tests/dbt_project.yml
name: other_tests
#- /w/packages.yml
packages:
#<- error dbt/outdated-lock: \`other\` is installed and no longer wanted by package-lock.yml, and dbt refuses that; run \`dbt deps\`
#<- information dbt/outdated-lock: package-lock.yml was made from another list of packages; run \`dbt deps\` to make it anew
  - { package: dbt-labs/dbt_utils, version: 1.0.0 }
#- /w/package-lock.yml
packages:
  - { package: dbt-labs/dbt_utils, name: dbt_utils, version: 1.0.0 }
sha1_hash: x
`);
});

const severitiesIn = async (
  texts: Readonly<Record<string, string>>,
  path: string,
  version: string,
): Promise<readonly string[]> => {
  const project = { '/w/dbt_project.yml': 'name: shop\n', '/w/packages/a/dbt_project.yml': 'name: a\n' };
  const all = { ...project, '/w/dbt_packages/a/dbt_project.yml': 'name: a\n', ...texts };
  const { platform } = await openFixture([dbt], all, ['/w'], { version, source: 'the test' });
  return platform.findings(path).map(({ severity }) => severity);
};
const local = 'packages: [{local: packages/a}]\n';

test.each([
  [local, local, ['error'], ['error']],
  [local, 'packages: []\n', ['error'], []],
  [local, 'projects: []\n', [], []],
])('dbt 1 and dbt v2 of %j beside %j', async (packages, dependencies, first, second) => {
  const texts = { '/w/packages.yml': packages, '/w/dependencies.yml': dependencies };
  expect(await severitiesIn(texts, '/w/packages.yml', '1.12.0')).toEqual(first);
  expect(await severitiesIn(texts, '/w/packages.yml', '2.0.0')).toEqual(second);
});

test.each([
  ['packages.yml', `${local}own: 1\n`, ['error'], ['error']],
  ['packages.yml', `${local}projects: []\n`, ['error'], []],
  ['dependencies.yml', `${local}own: 1\n`, ['information'], ['error']],
  ['dependencies.yml', `${local}projects: [other]\n`, ['information'], ['error']],
  ['dependencies.yml', `${local}projects: [{name: other, own: 1}]\n`, ['information'], ['error']],
  ['dependencies.yml', `${local}projects: [{name: other}]\n`, [], []],
])('keys of %s: %j', async (name, text, first, second) => {
  const path = `/w/${name}`;
  expect(await severitiesIn({ [path]: text }, path, '1.12.0')).toEqual(first);
  expect(await severitiesIn({ [path]: text }, path, '2.0.0')).toEqual(second);
});

test('dbt v2 does not mind what lies among the packages and is not wanted', async () => {
  const texts = { '/w/packages.yml': local, '/w/dbt_packages/b/dbt_project.yml': 'name: a\n' };
  expect(await severitiesIn(texts, '/w/packages.yml', '1.12.0')).toEqual(['error']);
  expect(await severitiesIn(texts, '/w/packages.yml', '2.0.0')).toEqual([]);
});

test('a package that lies in a project may name what that project and its packages define', async () => {
  const texts = {
    '/w/dbt_project.yml': 'name: shop\nvars: { since: 1 }\n',
    '/w/packages.yml': 'packages: [{local: parts/a}, {local: parts/b}]\n',
    '/w/dbt_packages/b/dbt_project.yml': 'name: b\n',
    '/w/dbt_packages/b/models/of_b.sql': 'select 1\n',
    '/w/macros/m.sql': '{% macro of_shop() %}1{% endmacro %}\n',
    '/w/parts/b/dbt_project.yml': 'name: b\n',
    '/w/parts/a/dbt_project.yml': 'name: a\n',
    '/w/parts/a/models/a.sql':
      "select {{ of_shop() }} from {{ ref('of_b') }} where {{ var('since') }} {{ ref('gone') }} {{ no_one() }}\n",
    '/w/parts/own/dbt_project.yml': 'name: own\n',
    '/w/parts/own/models/own.sql': 'select {{ of_shop() }}\n',
  };
  const { platform, files } = await openFixture([dbt], texts);
  const wrong = (path: string): readonly string[] => platform.findings(path).map(({ code }) => code);
  expect(wrong('/w/parts/a/models/a.sql')).toEqual(['dbt/undefined-ref', 'dbt/undefined-macro']);
  expect(wrong('/w/parts/own/models/own.sql')).toEqual(['dbt/undefined-macro']);

  const write = (path: string, text: string): ReadonlySet<string> => {
    files.texts.set(path, text);
    return platform.update([path]);
  };
  expect(write('/w/macros/m.sql', '{% macro no_one() %}1{% endmacro %}\n')).toContain(
    '/w/parts/a/models/a.sql',
  );
  expect(wrong('/w/parts/a/models/a.sql')).toEqual(['dbt/undefined-macro', 'dbt/undefined-ref']);
  // What is not installed may define anything.
  expect(
    write('/w/packages.yml', 'packages: [{local: parts/a}, {package: us/c, version: 1.0.0}]\n'),
  ).toContain('/w/parts/a/models/a.sql');
  expect(wrong('/w/parts/a/models/a.sql')).toEqual([]);
  expect(write('/w/packages.yml', 'packages: []\n')).toContain('/w/parts/a/models/a.sql');
  expect(wrong('/w/parts/a/models/a.sql')).toHaveLength(5);
});

test('models of another project of dependencies.yml, or of dbt-loom, are left to what brings them', async () => {
  const asked = "--- /w/models/a.sql\nselect * from {{ ref('other', 'b') }}\n";
  await check(
    `${asked}--                    ^^^^^ error dbt/undefined-package: no package is named \`other\`; add the package to packages.yml or correct the name\n`,
  );
  await check(`#- /w/dependencies.yml\nprojects:\n  - name: other\n${asked}`);
  await check(`#- /w/dbt_loom.config.yml\nmanifests: []\n${asked}select * from {{ ref('c') }}\n`);
});

test('what a package in the project wants is installed with the project, by paths from there', async () => {
  const { platform, files } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/parts/outer/dbt_project.yml': 'name: outer\n',
    '/w/parts/outer/packages.yml': 'packages: [{local: parts/inner}]\n',
    '/w/parts/inner/dbt_project.yml': 'name: inner\n',
  });
  const codes = (): readonly string[] =>
    platform.findings('/w/parts/outer/packages.yml').map(({ code }) => code);
  expect(codes()).toEqual(['dbt/packages-not-installed', 'dbt/missing-package']);
  files.texts.set('/w/packages.yml', 'packages: [{local: parts/outer}]\n');
  expect([...platform.update(['/w/packages.yml'])]).toContain('/w/parts/outer/packages.yml');
  expect(codes()).toEqual([]);
});
