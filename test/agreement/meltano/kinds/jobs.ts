import { type Kind, change, defect, mark, odd } from '../../kind.ts';
import { dryRun } from './commands.ts';

const file = 'meltano.yml';
const schedules = 'schedules:\n  - name: nightly\n';
const job = (text: string): ReturnType<typeof change> => change(file, schedules, `${text}\n${schedules}`);
const tasks = (...lines: readonly string[]): ReturnType<typeof change> =>
  job(`  - name: broken\n    tasks:\n${lines.map((line) => `      - ${line}\n`).join('')}`);
const run = { found: dryRun('broken') };

/** `jobs` and what their tasks say. */
export const jobKinds: readonly Kind[] = [
  defect('job-without-name', 'a job without a name', job(`  - tasks: []${mark}\n`)),
  defect('job-without-tasks', 'a job without tasks', job(`  - name: broken${mark}\n`)),
  defect('job-tasks-null', 'tasks without a value', job(`  - name: broken\n    tasks:${mark}\n`), {
    found: dryRun('broken'),
  }),
  defect(
    'job-tasks-text',
    'tasks as a text',
    job(`  - name: broken\n    tasks: tap-shop target-warehouse${mark}\n`),
    run,
  ),
  defect(
    'job-tasks-mapping',
    'tasks as a mapping',
    job(`  - name: broken\n    tasks:\n      load: tap-shop target-warehouse${mark}\n`),
    run,
  ),
  defect('job-tasks-number', 'tasks as a number', job(`  - name: broken\n    tasks: 5${mark}\n`), run),
  defect('job-text', 'a job by its name alone', job(`  - broken${mark}\n`)),
  defect('job-key-unknown', 'a key that is misspelt', job(`  - name: broken\n    taks: []${mark}\n`)),
  defect(
    'job-key-extra',
    'a description',
    job(`  - name: broken\n    description: Loads${mark}\n    tasks: []\n`),
  ),
  defect('job-name-number', 'a name that is a number', job(`  - name: 5${mark}\n    tasks: [dbt:test]\n`), {
    found: dryRun('5'),
  }),
  defect('task-unknown', 'a plugin that nobody defines', tasks(`tap-shop target-werehouse${mark}`), run),
  defect(
    'task-unknown-first',
    'an extractor that nobody defines',
    tasks(`tap-shpo target-warehouse${mark}`),
    run,
  ),
  defect(
    'task-unknown-mapping',
    'a mapping that nobody defines',
    tasks(`tap-shop hash-male target-warehouse${mark}`),
    run,
  ),
  defect('task-double-space', 'two spaces', tasks(`tap-shop  target-warehouse${mark}`), run),
  defect('task-trailing-space', 'a space at the end', tasks(`'tap-shop target-warehouse '${mark}`), run),
  defect('task-leading-space', 'a space at the start', tasks(`' tap-shop target-warehouse'${mark}`), run),
  defect('task-tab', 'a tab', tasks(`"tap-shop\\ttarget-warehouse"${mark}`), run),
  defect('task-pipe', 'a pipe', tasks(`tap-shop | target-warehouse${mark}`), run),
  defect('task-arrow', 'an arrow', tasks(`tap-shop > target-warehouse${mark}`), run),
  defect(
    'task-folded',
    'a folded text with its line end',
    tasks(`>${mark}\n        tap-shop target-warehouse${mark}`),
    run,
  ),
  defect(
    'task-literal',
    'a text of two lines',
    tasks(`|${mark}\n        tap-shop target-warehouse${mark}\n        dbt:build${mark}`),
    run,
  ),
  defect('task-number', 'a number', tasks(`5${mark}`), run),
  defect('task-null', 'a task without a value', tasks(mark), run),
  defect('task-empty', 'an empty text', tasks(`''${mark}`), run),
  defect('task-boolean', 'a boolean', tasks(`true${mark}`), run),
  defect('task-names-job', 'a job', tasks(`load${mark}`), run),
  defect('task-no-loader', 'an extractor alone', tasks(`tap-shop${mark}`), run),
  defect(
    'task-no-loader-then-command',
    'an extractor and then a command',
    tasks(`tap-shop dbt:build${mark}`),
    run,
  ),
  defect('task-no-extractor', 'a loader alone', tasks(`target-warehouse${mark}`), run),
  defect('task-mapping-alone', 'a mapping alone', tasks(`hash-mail${mark}`), run),
  defect('task-mapping-last', 'an extractor and a mapping', tasks(`tap-shop hash-mail${mark}`), run),
  defect(
    'task-mapper',
    'a mapper instead of its mapping',
    tasks(`tap-shop hasher target-warehouse${mark}`),
    run,
  ),
  defect('task-two-extractors', 'two extractors', tasks(`tap-shop tap-ledger target-warehouse${mark}`), run),
  defect('task-two-loaders', 'two loaders', tasks(`tap-shop target-warehouse target-warehouse${mark}`), run),
  defect(
    'task-command-between',
    'a command between extractor and loader',
    tasks(`tap-shop dbt:build target-warehouse${mark}`),
    run,
  ),
  defect('task-reversed', 'a loader before its extractor', tasks(`target-warehouse tap-shop${mark}`), run),
  defect('task-three-parts', 'a command with two colons', tasks(`dbt:build:all${mark}`), run),
  defect(
    'task-ambiguous',
    'a name that is a job and a plugin',
    [job(`  - name: dbt\n    tasks: [mailer:send]\n  - name: broken\n    tasks:\n      - dbt${mark}\n`)],
    run,
  ),
  defect('task-schedule', 'a schedule', tasks(`nightly${mark}`), run),
  defect('task-capital', 'capitals', tasks(`Tap-Shop target-warehouse${mark}`), run),
  defect('task-comma', 'commas', tasks(`tap-shop, target-warehouse${mark}`), run),
  defect('task-meltano-run', 'the whole command', tasks(`meltano run tap-shop target-warehouse${mark}`), run),

  odd('job-no-tasks', 'no tasks', job('  - name: broken\n    tasks: []\n'), run),
  odd(
    'job-annotations',
    'annotations',
    job('  - name: broken\n    annotations: { a: 1 }\n    tasks: [dbt:test]\n'),
    run,
  ),
  odd('job-name-spaces', 'a name with spaces', job('  - name: load and build\n    tasks: [dbt:test]\n'), {
    found: "run --dry-run --no-install 'load and build'",
  }),
  odd('job-twice', 'a job that stands twice', job('  - name: load\n    tasks: [dbt:test]\n')),
  odd(
    'job-named-like-plugin',
    'a job with the name of a plugin',
    job('  - name: mailer\n    tasks: [dbt:test]\n'),
  ),
  odd(
    'task-nested',
    'tasks in lists of lists',
    job(
      '  - name: broken\n    tasks:\n      - [tap-shop target-warehouse, dbt:build]\n      - [[tap-ledger, target-warehouse]]\n',
    ),
    run,
  ),
  odd('task-split', 'extractor and loader in two tasks', tasks('tap-shop', 'target-warehouse'), run),
  odd(
    'task-folded-stripped',
    'a folded text without its line end',
    tasks('>-\n        tap-shop\n        target-warehouse'),
    run,
  ),
  odd('task-plain-lines', 'a plain text over two lines', tasks('tap-shop\n        target-warehouse'), run),
  odd('task-two-mappings', 'a mapping twice', tasks('tap-shop hash-mail hash-mail target-warehouse'), run),
  odd(
    'task-two-sets',
    'two sets in one task',
    tasks('tap-shop target-warehouse tap-ledger target-warehouse dbt:test'),
    run,
  ),
  odd(
    'task-pair-twice',
    'one extractor and loader twice, which share their state',
    tasks('tap-shop target-warehouse', 'tap-shop hash-mail target-warehouse'),
    run,
  ),
  odd('task-command-with-space', 'a space after the colon', tasks('dbt: build'), run),
  odd('task-plugin-alone', 'a utility without a command', tasks('dbt'), run),
  odd('task-tap-command', 'a command of an extractor', tasks('tap-shop:anything target-warehouse'), run),
  odd(
    'task-quoted',
    'quoted texts with escapes',
    tasks('"tap\\x2dshop target-warehouse"', "'dbt:build'"),
    run,
  ),
  odd('task-included-plugin', 'a plugin of an included file', tasks('mailer:send'), run),
];
