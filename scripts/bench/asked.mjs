// What was asked of Penstock's speed and memory beside what was measured.
import { percentile } from './language-client.mjs';
import { mostRows } from './panel.mjs';
import { mb, ms, number, timesAsLong } from './report.mjs';

/** One row a wish: what it is about, what was asked, what was measured, and whether that is enough. */
export function askedTable(wishes) {
  return {
    title: 'What was asked, what was measured',
    about: ['At the most models that were measured, unless it says otherwise.'],
    head: ['', 'asked', 'measured', 'met'],
    rows: wishes.map(({ what, asked, measured, isMet }) => [what, asked, measured, isMet ? 'yes' : 'no']),
  };
}

export function wishesOfModels(results) {
  const largest = results.at(-1);
  if (!largest) return [];
  const { check, server, dbt, models } = largest;
  const cold = check.cold.time;
  const before = results.at(-2);
  return [
    ...(dbt ? [atLeast('cold check, quicker than dbt Core', 100, dbt.core.time / cold)] : []),
    ...(dbt ? [atLeast('cold check, quicker than dbt v2', 20, dbt.v2.time / cold)] : []),
    atLeast('warm check, quicker than cold', 5, cold / check.warm.time),
    below('keystroke to findings, median', server.stroke, 10),
    below('keystroke to findings, p99', server.stroke99, 30),
    ...(before
      ? [
          atMost(
            `keystroke at ${models.toLocaleString('en')} models, as long as at ${before.models.toLocaleString('en')}`,
            1.5,
            server.stroke / before.server.stroke,
          ),
          atMost(
            'time of a cold check for each model, as long as with a tenth of them',
            1,
            cold / models / (before.check.cold.time / before.models),
          ),
        ]
      : []),
    below('rename of a model that half of them read, the slowest', server.rename.slowest, 1000),
    ...[
      ['cold check', check.cold.peak],
      ['check that is kept for the next', check.keeping.peak],
      ['language server', server.memory],
    ].map(([what, bytes]) => ({
      what: `memory, ${what}`,
      asked: 'under 350 MB',
      measured: mb(bytes),
      isMet: bytes < 350e6,
    })),
  ];
}

/** Of the slowest of the documents' shapes. */
export function wishesOfPlan(results) {
  const wish = (what, kind, part, time = 'toTree') => {
    const times = results.map((result) => result[kind].map((each) => each[time]));
    return below(what, Math.max(...times.map((each) => percentile(each, part))), 50);
  };
  return [
    wish('a plan of 5,000 items, stroke to tree, median', 'ofStrokes', 0.5),
    wish('stroke to tree, p99', 'ofStrokes', 0.99),
    wish('stroke to tree, work of the server, p99', 'ofStrokes', 0.99, 'atWork'),
    wish('line to tree, median', 'ofLines', 0.5),
    wish('line to tree, slowest of 40', 'ofLines', 1),
    wish('line to tree, work of the server, slowest of 40', 'ofLines', 1, 'atWork'),
    wish('heading to tree, median', 'ofHeadings', 0.5),
    wish('heading to tree, slowest of 20', 'ofHeadings', 1),
    wish('heading to tree, work of the server, slowest of 20', 'ofHeadings', 1, 'atWork'),
  ];
}

export function wishesOfRuns(runs) {
  const { driver, terminal, following, steady, history } = runs;
  const longest = Math.max(following.longest, steady.following.longest, history.longest);
  return [
    {
      what: `a step that prints ${runs.lines.toLocaleString('en')} lines, ${runs.rate.toLocaleString('en')} a second for a minute: all in the log, in order`,
      asked: 'all',
      measured: driver.isWhole && steady.isWhole ? 'all' : 'not all',
      isMet: driver.isWhole && steady.isWhole,
    },
    atLeast(
      "lines a second, as many as VS Code's terminal has of the same program",
      1,
      terminal.time / driver.time,
    ),
    below('following runs and opening the history, longest time that anything else waits', longest, 50),
    below(`opening a history of ${history.runs.toLocaleString('en')} runs`, history.time, 100),
  ];
}

export function wishesOfPanel(panel) {
  const { burst, steady, wheel, drag } = panel;
  const frame = 1000 / 60;
  const rows = mostRows(burst, steady, wheel, drag);
  return [
    below(
      'in VS Code, while a step prints so much: longest work of the extension host at a time',
      Math.max(burst.work, steady.work),
      50,
    ),
    below(
      'the panel that follows meanwhile at 60 frames a second: work of a frame',
      Math.max(burst.workAFrame, steady.workAFrame),
      frame,
    ),
    below(
      'the panel scrolled over all of it at 60 frames a second: work of a frame',
      Math.max(wheel.workAFrame, drag.workAFrame),
      frame,
    ),
    { what: 'rows of output in the document', asked: 'under 200', measured: String(rows), isMet: rows < 200 },
  ];
}

export function wishesOfYaml(yaml) {
  const times = (kind) => yaml.filter((each) => each.kind === kind).map(timesAsLong);
  const plain = yaml.filter(({ kind }) => kind === 'plain');
  const [last, before] = [plain.at(-1), plain.at(-2)];
  if (!last) return [];
  return [
    atLeast('plain meltano.yml, quicker than yaml-language-server', 20, Math.min(...times('plain'))),
    atLeast('merge keys, quicker than yaml-language-server', 100, times('merging').at(-1)),
    ...(before
      ? [
          atMost(
            'time for each line of the longest file, as long as of the next',
            1.5,
            last.penstock.stroke / last.lines / (before.penstock.stroke / before.lines),
          ),
        ]
      : []),
  ];
}

function atLeast(what, times, measured) {
  return { what, asked: `at least ${times}×`, measured: `${number(measured)}×`, isMet: measured >= times };
}

function atMost(what, times, measured) {
  return { what, asked: `at most ${times}×`, measured: `${number(measured)}×`, isMet: measured <= times };
}

function below(what, time, limit) {
  return { what, asked: `under ${ms(limit)}`, measured: ms(time), isMet: time < limit };
}
