import { type Kind, append, blame, change, defect, mark, odd, write } from '../../kind.ts';
import { dryRun, onDisk } from './commands.ts';

const file = 'meltano.yml';
const paths = 'include_paths:\n  - config/*.yml\n';
const reports = 'config/reports.yml';
const more = 'config/more.yml';

/** `include_paths` and the files it names. */
export const includeKinds: readonly Kind[] = [
  defect('include-empty', 'an included file that is empty', write(more, mark)),
  defect('include-comments', 'an included file with comments alone', write(more, `${mark}# later\n`)),
  defect('include-list', 'an included file that is a list', write(more, `${mark}- plugins\n`)),
  defect('include-text', 'an included file that is a text', write(more, `${mark}plugins\n`)),
  defect(
    'include-broken',
    'an included file that is no YAML',
    write(more, `jobs: [${mark}\na: b: c${mark}\n`),
  ),
  defect(
    'include-two-documents',
    'two documents in an included file',
    write(more, `jobs: []\n---${mark}\njobs: []${mark}\n`),
  ),
  defect('include-jobs-null', '`jobs` without a value', write(more, `jobs:${mark}\n`)),
  defect('include-plugins-null', '`plugins` without a value', write(more, `plugins:${mark}\n`)),
  defect('include-schedules-null', '`schedules` without a value', write(more, `schedules:${mark}\n`)),
  defect(
    'include-environments-null',
    '`environments` without a value',
    write(more, `environments:${mark}\n`),
  ),
  defect(
    'include-plugin-list-null',
    'a kind of plugin without a value',
    write(more, `plugins:\n  extractors:${mark}\n`),
  ),
  defect(
    'include-plugin-without-name',
    'a plugin without a name',
    write(more, `plugins:\n  extractors:\n    - namespace: tap_x${mark}\n`),
  ),
  defect('include-job-without-name', 'a job without a name', write(more, `jobs:\n  - tasks: []${mark}\n`)),
  defect(
    'include-schedule-without-name',
    'a schedule without a name',
    write(more, `schedules:\n  - interval: '@daily'${mark}\n    job: load\n`),
  ),
  defect('include-job-text', 'a job that is a text', write(more, `jobs:\n  - load${mark}\n`)),
  defect(
    'include-plugins-list',
    'plugins in a list',
    write(more, `plugins:${mark}\n  - name: tap-x${mark}\n`),
  ),
  defect('include-key-twice', 'a key that stands twice', write(more, `jobs: []\njobs: []${mark}\n`)),
  defect(
    'include-plugin-type',
    'a kind of plugin that does not exist',
    write(more, `plugins:\n  extractor:${mark}\n    - name: tap-x\n`),
  ),
  defect(
    'include-task-unknown',
    'a task of an included job that names nobody',
    write(more, `jobs:\n  - name: more\n    tasks:\n      - tap-nobody target-warehouse${mark}\n`),
    {
      found: dryRun('more'),
    },
  ),
  defect('include-duplicate-plugin', 'a plugin in two included files', [
    write(more, `plugins:\n  utilities:\n    - name: mailer${mark}\n      namespace: mailer\n`),
    blame(reports, '    - name: mailer'),
  ]),
  defect(
    'include-duplicate-job',
    'a job in two included files',
    write(more, `jobs:\n  - name: ledger${mark}\n    tasks: []\n`),
  ),
  defect('include-duplicate-schedule', 'a schedule in two included files', [
    write(more, `schedules:\n  - name: weekly-report${mark}\n    interval: '@daily'\n    job: report\n`),
    blame(reports, 'name: weekly-report'),
  ]),
  defect('include-duplicate-environment', 'an environment in two included files', [
    write(more, `environments:\n  - name: ci${mark}\n`),
    blame(reports, 'name: ci'),
  ]),
  defect(
    'include-duplicate-same-file',
    'a job twice in one included file',
    append('config/ledger.yml', `  - name: ledger${mark}\n    tasks: []\n`),
  ),
  defect(
    'include-text-value',
    '`include_paths` as a text',
    change(file, paths, `include_paths: config/ledger.yml${mark}\n`),
  ),
  defect('include-null', '`include_paths` without a value', change(file, paths, `include_paths:${mark}\n`)),
  defect('include-number', 'a number among the paths', change(file, paths, `${paths}  - 5${mark}\n`)),
  defect(
    'include-absolute',
    'a path from the root',
    change(file, paths, `${paths}  - /srv/shared/*.yml${mark}\n`),
  ),
  defect(
    'include-folder',
    'a pattern that matches a folder',
    [change(file, paths, `${paths}  - shared/*${mark}\n`), write('shared/inner/a.yml', 'jobs: []\n')],
    { beyond: onDisk },
  ),
  defect('include-empty-pattern', 'an empty path', change(file, paths, `${paths}  - ''${mark}\n`)),
  defect(
    'include-stars',
    'a pattern with `**` inside a name',
    change(file, paths, `${paths}  - config/**.yml${mark}\n`),
  ),
  defect(
    'include-outside',
    'a path that leaves the project',
    [change(file, paths, `${paths}  - ../outside/*.yml${mark}\n`), write('../outside/a.yml', 'jobs: []\n')],
    { depends: 'Meltano refuses only what it finds there' },
  ),

  odd(
    'include-none',
    'a path that matches nothing',
    change(file, paths, `${paths}  - none/*.yml\n  - later.yml\n`),
  ),
  odd(
    'include-twice',
    'a file that two patterns match',
    change(file, paths, `${paths}  - config/ledger.yml\n  - ./config/led*.yml\n`),
  ),
  odd('include-itself', 'a pattern that matches meltano.yml', change(file, paths, `${paths}  - '*.yml'\n`)),
  odd(
    'include-nested',
    'an included file that includes others',
    append(reports, "include_paths: ['nobody.yml']\n"),
  ),
  odd('include-own-keys', "keys of one's own in an included file", append(reports, 'x-notes: none\n')),
  odd('include-deep', 'patterns over folders', [
    change(file, paths, `${paths}  - teams/**/*.meltano.yml\n`),
    write('teams/a/b/one.meltano.yml', 'jobs:\n  - name: deep\n    tasks: [dbt:test]\n'),
  ]),
  odd(
    'include-shadowed',
    'a plugin that meltano.yml has, too',
    append(reports, "  - name: again\n    interval: '@daily'\n    job: load\n"),
  ),
  odd(
    'include-brackets',
    'a pattern with a set of characters',
    change(file, paths, 'include_paths:\n  - config/[lr]*.y?l\n'),
  ),
];
