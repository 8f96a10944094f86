import { type Kind, append, blame, change, defect, mark, odd, remove, removeBelow, write } from '../kind.ts';
import { withoutShared } from './without-shared.ts';
import { onEnvironment } from './reasons.ts';

const file = 'packages.yml';
const item = '  - local: packages/shared\n';
const more = (line: string): string => `${item}  - ${line}\n`;
const lock = 'package-lock.yml';

const otherProject = "dbt's platform or a plugin may bring the models of the other project";

/** packages.yml, dependencies.yml and what `dbt deps` left. */
export const packagesKinds: readonly Kind[] = [
  defect(
    'packages-hub-no-version',
    'a package of the hub without a version',
    change(file, item, more(`package: dbt-labs/dbt_utils${mark}`)),
  ),
  defect(
    'packages-hub-no-namespace',
    'a package of the hub without its owner',
    change(file, item, more(`package: dbt_utils${mark}\n    version: 1.3.0`)),
  ),
  defect(
    'packages-key-unknown',
    'a package of no kind',
    change(file, item, more(`pakage: dbt-labs/dbt_utils${mark}\n    version: 1.3.0`)),
  ),
  defect(
    'packages-two-kinds',
    'a package of two kinds',
    change(file, item, more(`local: packages/shared${mark}\n    git: https://example.org/x.git${mark}`)),
  ),
  defect(
    'packages-git-list',
    'a repository that is a list',
    change(file, item, more(`git: [https://example.org/x.git]${mark}`)),
  ),
  defect(
    'packages-text-item',
    'a package that is a text',
    change(file, item, more(`dbt-labs/dbt_utils${mark}`)),
  ),
  defect(
    'packages-mapping',
    'packages as a mapping',
    write(file, `packages:${mark}\n  local: packages/shared${mark}\n`),
  ),
  defect('packages-list-file', 'a file that is a list', write(file, `${mark}- local: packages/shared\n`)),
  defect(
    'packages-projects-key',
    '`projects` in packages.yml',
    append(file, `projects:${mark}\n  - name: other\n`),
  ),
  defect('packages-both-files', 'packages in both files', [
    blame(file, 'packages:'),
    write('dependencies.yml', `packages:${mark}\n  - local: packages/shared\n`),
  ]),
  defect(
    'packages-not-installed',
    'packages that were never installed',
    change(file, item, more(`package: dbt-labs/dbt_utils${mark}\n    version: 1.3.0`)),
    { beyond: { v2: 'v2 installs packages itself, from the network' } },
  ),
  defect('packages-left-over', 'a package that is installed and no longer wanted', [
    write(file, `packages: []${mark}\n`),
    remove(lock),
  ]),
  defect(
    'packages-hub-hyphen',
    'an option with the wrong hyphen',
    change(
      file,
      item,
      more(`package: dbt-labs/dbt_utils\n    version: 1.3.0\n    install_prerelease: true${mark}`),
    ),
  ),
  defect(
    'packages-version-map',
    'a version that is a mapping',
    change(file, item, more(`package: dbt-labs/dbt_utils\n    version: { min: 1 }${mark}`)),
  ),
  defect(
    'packages-tarball-no-name',
    'an archive without a name',
    change(file, item, more(`tarball: https://example.org/x.tar.gz${mark}`)),
  ),
  defect(
    'packages-yaml',
    'a file that is no YAML',
    write(file, `packages:\n  - local: [packages/shared${mark}\n`),
  ),
  defect(
    'packages-env-var',
    'an environment variable that is not set',
    change(file, item, `  - local: "{{ env_var('SHARED_FOLDER') }}"${mark}\n`),
    { depends: onEnvironment },
  ),
  defect(
    'packages-unknown-top',
    'a key that the file does not have',
    append(file, `package:${mark}\n  - local: packages/shared\n`),
  ),
  defect('packages-same-twice', 'two packages of one name', [
    remove(lock),
    write('dbt_packages/again/dbt_project.yml', `name: shared\nversion: '1.0'\nconfig-version: 2\n`),
    change(file, item, more(`local: packages/again${mark}`)),
    write('packages/again/dbt_project.yml', "name: shared\nversion: '1.0'\n"),
  ]),
  defect('packages-own-name', 'a package with the name of the project', [
    remove(lock),
    write('packages/own/dbt_project.yml', "name: shop\nversion: '1.0'\n"),
    write('dbt_packages/own/dbt_project.yml', "name: shop\nversion: '1.0'\n"),
    change(file, item, more(`local: packages/own${mark}`)),
  ]),
  defect('dependencies-project-text', 'a project that is a text', [
    remove(file),
    remove(lock),
    write('dependencies.yml', `packages:\n  - local: packages/shared\nprojects:\n  - other${mark}\n`),
  ]),
  defect('dependencies-jinja', 'Jinja, which dependencies.yml does not render', [
    remove(file),
    write('dependencies.yml', `packages:\n  - local: "{{ env_var('FOLDER', 'packages/shared') }}"${mark}\n`),
  ]),
  defect('packages-left-over-locked', 'a package that is installed and not in the lock', [
    write('dbt_packages/other/dbt_project.yml', "name: other\nversion: '1.0'\n"),
    change('packages.yml', 'packages:', `packages:${mark}`),
  ]),
  defect(
    'dependencies-project-ref',
    'a ref to a model of another project of dependencies.yml',
    [
      write('dependencies.yml', 'projects:\n  - name: finance_core\n'),
      write('models/extra.sql', `select * from {{ ref('finance_core', 'ledger') }}${mark}\n`),
    ],
    { beyond: { core: otherProject, v2: otherProject } },
  ),
  odd('packages-dependencies-file', 'the packages in dependencies.yml', [
    remove(file),
    write('dependencies.yml', 'packages:\n  - local: packages/shared\n'),
  ]),
  odd('packages-empty', 'no packages after all', [
    write(file, 'packages: []\n'),
    remove(lock),
    removeBelow('dbt_packages/'),
    ...withoutShared,
  ]),
  odd('packages-file-empty', 'an empty packages.yml', [
    write(file, ''),
    remove(lock),
    removeBelow('dbt_packages/'),
    ...withoutShared,
  ]),
  odd(
    'packages-env',
    'a folder from the environment',
    change(file, 'local: packages/shared', `local: "{{ env_var('SHARED_FOLDER', 'packages/shared') }}"`),
  ),
  odd('packages-no-lock', 'no lock', remove(lock)),
  odd(
    'packages-projects',
    'other projects that are depended on',
    [
      remove(file),
      write('dependencies.yml', 'packages:\n  - local: packages/shared\nprojects:\n  - name: other\n'),
    ],
    { beyond: { core: 'it takes a plugin to load other projects' } },
  ),
  odd('packages-comment', 'a file of comments', [
    write(file, '# nothing yet\n'),
    remove(lock),
    removeBelow('dbt_packages/'),
    ...withoutShared,
  ]),
];
