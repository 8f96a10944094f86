import { expect, test } from 'vitest';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { get } from '../../core/tree.ts';
import { packagesHash } from './packages-hash.ts';
import { sha1 } from './sha1.ts';

const hashOf = (text: string): string | undefined =>
  packagesHash(get(parseYaml(text, { version: '1.1', duplicateKeys: 'last' }).tree, 'packages'));

test.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
  ['a'.repeat(1000), '291e9a6c66994949b57ba5e650361e98fc36b1ba'],
])('the SHA-1 of %j', (text, expected) => {
  expect(sha1(text)).toBe(expected);
});

/** Each as dbt 1.12.0 computes it. */
test.each([
  [
    'one hub package',
    'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n',
    'a158c48c59c2bb7d729d2a4e215aabe5bb4f3353',
  ],
  [
    'lists, floats, a letter beyond ASCII',
    `packages:
  - package: dbt-labs/dbt_utils
    version: [">=1.0.0", "<2.0.0"]
  - git: https://github.com/x/y.git
    revision: 1.0
    warn-unpinned: false
    subdirectory: a/b
  - local: ../é
`,
    '0002047026e490d26a80f6e9c55125769d518460',
  ],
  [
    'names, a tarball, a private package',
    `packages:
  - package: dbt-labs/dbt_utils
    version: 1.10
    install_prerelease: true
    name: x
  - tarball: https://x/y.tar.gz
    name: yy
  - private: org/repo
    provider: github
    revision: 5
`,
    'f69f70d693d76d040a953049ce86d8bcea7800cc',
  ],
  [
    'git alone',
    'packages:\n  - git: https://github.com/x/y.git\n',
    'd35e29a971781caca2bdd6c72dd7f2628481b999',
  ],
  [
    'private, unpinned',
    'packages:\n  - private: org/repo\n    warn-unpinned: true\n',
    'b454b9031253f7d3d12b8f10b015f6c0ff4868d0',
  ],
])('hashes as dbt does: %s', (_name, text, expected) => {
  expect(hashOf(text)).toBe(expected);
});

test.each([
  'packages: [{git: "{{ env_var(\'URL\') }}"}]',
  'packages: [{package: a/b, version: 1.0.0, foo: 1}]',
  'packages: [text]',
  'packages: [{git: a, package: b}]',
])('no hash of %s', (text) => {
  expect(hashOf(text)).toBeUndefined();
});

test('of a key that dbt does not know nothing is made, whatever JavaScript calls so', () => {
  const entry = 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n';
  expect(hashOf(entry)).toBeDefined();
  expect(hashOf(`${entry}    constructor: 1\n`)).toBeUndefined();
});
