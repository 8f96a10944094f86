import { type Kind, append, change, defect, mark, odd } from '../../kind.ts';
import { onlyWhenSet, schedules, setInterval } from './commands.ts';

const file = 'meltano.yml';
const nightly = "  - name: nightly\n    interval: '0 3 * * *'\n    job: load\n";
const schedule = (text: string): ReturnType<typeof append> => append(file, text);
const list = { found: schedules };
const interval = (id: string, title: string, cron: string): Kind =>
  defect(id, title, change(file, "    interval: '0 3 * * *'\n", `    interval: '${cron}'${mark}\n`), {
    found: setInterval(cron),
    depends: onlyWhenSet,
  });
const oddInterval = (id: string, title: string, cron: string): Kind =>
  odd(id, title, change(file, "    interval: '0 3 * * *'\n", `    interval: '${cron}'\n`), {
    found: setInterval(cron),
  });

/** `schedules` and their intervals. */
export const scheduleKinds: readonly Kind[] = [
  defect(
    'schedule-without-name',
    'a schedule without a name',
    schedule(`  - interval: '@daily'${mark}\n    job: load\n`),
  ),
  defect(
    'schedule-without-interval',
    'a schedule without an interval',
    schedule(`  - name: broken${mark}\n    job: load\n`),
  ),
  defect(
    'schedule-without-job',
    'neither job nor extractor',
    schedule(`  - name: broken${mark}\n    interval: '@daily'\n`),
  ),
  defect(
    'schedule-job-null',
    'a job without a value',
    schedule(`  - name: broken${mark}\n    interval: '@daily'\n    job:${mark}\n`),
  ),
  defect(
    'schedule-without-loader',
    'an extractor without a loader',
    schedule(
      `  - name: broken${mark}\n    interval: '@daily'\n    extractor: tap-shop\n    transform: skip\n`,
    ),
  ),
  defect(
    'schedule-without-transform',
    'an extractor and a loader without `transform`',
    schedule(
      `  - name: broken${mark}\n    interval: '@daily'\n    extractor: tap-shop\n    loader: target-warehouse\n`,
    ),
  ),
  defect('schedule-text', 'a schedule by its name alone', schedule(`  - nightly${mark}\n`)),
  defect(
    'schedule-job-unknown',
    'a job that nobody defines',
    change(file, nightly, nightly.replace('job: load', `job: laod${mark}`)),
    list,
  ),
  defect(
    'schedule-job-list',
    'a list of jobs',
    change(file, nightly, nightly.replace('job: load', `job: [load]${mark}`)),
    list,
  ),
  defect(
    'schedule-extractor-unknown',
    'an extractor that nobody defines',
    change(file, '    extractor: tap-shop--archive\n', `    extractor: tap-nobody${mark}\n`),
    { found: 'schedule run hourly' },
  ),
  defect(
    'schedule-loader-unknown',
    'a loader that nobody defines',
    schedule(
      `  - name: broken\n    interval: '@daily'\n    extractor: tap-shop\n    loader: target-nobody${mark}\n    transform: skip\n`,
    ),
    { found: 'schedule run broken' },
  ),
  defect(
    'schedule-transform-unknown',
    'a transform that does not exist',
    change(file, '    transform: skip\n', `    transform: maybe${mark}\n`),
    { found: 'schedule run hourly' },
  ),
  defect(
    'schedule-env-number',
    'a variable that is a number',
    change(file, '      SHOP_MODE: delta\n', `      SHOP_MODE: delta\n      SHOP_PAGE: 50${mark}\n`),
    { found: 'schedule run hourly' },
  ),
  defect(
    'schedule-env-list',
    'variables in a list',
    change(file, '    env:\n      SHOP_MODE: delta\n', `    env:${mark}\n      - SHOP_MODE=delta${mark}\n`),
    { found: 'schedule run hourly' },
  ),
  defect(
    'schedule-key-unknown',
    'an unknown key',
    change(file, nightly, `${nightly}    catchup: true${mark}\n`),
  ),
  defect(
    'schedule-both',
    'a job and an extractor',
    schedule(
      `  - name: broken\n    interval: '@daily'\n    job: load\n    extractor: tap-shop${mark}\n    loader: target-warehouse\n    transform: skip\n`,
    ),
  ),
  defect(
    'schedule-start-date',
    '`start_date` of a schedule of a job',
    change(file, nightly, `${nightly}    start_date: 2024-01-01${mark}\n`),
  ),
  defect(
    'schedule-interval-number',
    'an interval that is a number',
    schedule(`  - name: broken\n    interval: 5${mark}\n    job: load\n`),
    list,
  ),
  interval('cron-four-fields', 'four fields', '0 3 * *'),
  interval('cron-six-fields', 'six fields', '0 0 3 * * *'),
  interval('cron-hour', 'an hour that does not exist', '0 25 * * *'),
  interval('cron-minute', 'a minute that does not exist', '60 3 * * *'),
  interval('cron-day', 'day zero', '0 3 0 * *'),
  interval('cron-month', 'month thirteen', '0 3 * 13 *'),
  interval('cron-weekday', 'weekday eight', '0 3 * * 8'),
  interval('cron-word', 'a word', 'daily'),
  interval('cron-alias', 'a name that does not exist', '@fortnightly'),
  interval('cron-step-zero', 'steps of zero', '*/0 * * * *'),
  interval('cron-step-empty', 'a step without its number', '*/ * * * *'),
  interval('cron-month-name', 'a whole name of a month', '0 3 * january *'),
  interval('cron-question', 'a question mark for the hour', '0 ? * * *'),
  interval('cron-range-open', 'a range without its end', '0 1- * * *'),
  interval('cron-reboot', '@reboot', '@reboot'),
  interval('cron-hash', 'the second Monday', '0 3 * * mon#2'),

  odd(
    'schedule-no-interval',
    'an interval without a value',
    schedule('  - name: broken\n    interval:\n    job: load\n'),
  ),
  odd(
    'schedule-name-number',
    'a name that is a number',
    schedule("  - name: 5\n    interval: '@daily'\n    job: load\n"),
  ),
  odd(
    'schedule-twice',
    'a schedule that stands twice',
    schedule("  - name: nightly\n    interval: '@daily'\n    job: report\n"),
  ),
  odd(
    'schedule-annotations',
    'annotations',
    schedule("  - name: broken\n    annotations: { a: 1 }\n    interval: '@daily'\n    job: load\n"),
  ),
  odd(
    'schedule-included-job',
    'a job of an included file',
    schedule("  - name: broken\n    interval: '@daily'\n    job: ledger\n"),
  ),
  oddInterval('cron-once', '@once', '@once'),
  oddInterval('cron-alias-case', 'a name in capitals', '@Daily'),
  oddInterval('cron-names', 'names of months and days', '0 3 * jan-mar mon,wed,FRI'),
  oddInterval('cron-sunday', 'Sunday as seven', '0 3 * * 7'),
  oddInterval('cron-wrap', 'days over the weekend', '0 3 * * fri-mon'),
  oddInterval('cron-question-day', 'a question mark for a day', '0 3 ? * ?'),
  oddInterval('cron-last', 'the last day', '0 3 l * *'),
  oddInterval('cron-steps', 'steps and lists', '*/15 8-18/2 1,15 * 1-5'),
  oddInterval('cron-backward', 'a range that runs backward', '40-10 * * * *'),
  oddInterval('cron-spaces', 'spaces around', '  0   3 * * *  '),
  oddInterval('cron-list-half', 'a list of which one is right', '0 3 * * 1,9'),
];
