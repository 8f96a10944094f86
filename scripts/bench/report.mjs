// Puts the figures of a benchmark into words and columns.

/**
 * The tables of a run. A row is its name and a cell for each size; rows without any figure are left out.
 * Each row says what it is compared with.
 */
export function tables(results) {
  const row = (name, cell) => [name, ...results.map((result) => cell(result) ?? '')];
  const timed = (name, pick, ...others) =>
    row(name, (result) => {
      const time = pick(result);
      if (time === undefined) return undefined;
      const compared = others.map(([other, say]) => [other(result), say]).filter(([each]) => each);
      return [ms(time), ...compared.map(([each, say]) => `(${say(each / time)})`)].join(' ');
    });
  const cold = ({ check }) => check.cold.time;
  return [
    {
      title: 'A whole check, as a process',
      about: processNotes,
      rows: [
        row('files', ({ files }) => files.toLocaleString('en')),
        timed('floor: list and read', ({ floor }) => floor.time),
        timed('`penstock check`, cold', cold, [
          ({ floor }) => floor.time,
          (part) => `${number(1 / part)}× the floor`,
        ]),
        timed('  leaving what it read for the next start', ({ check }) => check.keeping.time),
        timed('`penstock check`, warm', ({ check }) => check.warm.time, [cold, quicker]),
        timed('  one file edited', ({ check }) => check.edited.time, [cold, quicker]),
        timed('  100 files edited', ({ check }) => check.many.time, [cold, quicker]),
        timed('dbt Core, `parse --no-partial-parse`', ({ dbt }) => dbt?.core.time, [cold, slowerThan]),
        timed('dbt v2, `parse`', ({ dbt }) => dbt?.v2.time, [cold, slowerThan]),
      ],
    },
    {
      title: 'Memory at most',
      about: ['Of the process and its children, as the system counts what is resident.'],
      rows: [
        row('`penstock check`, cold', ({ check }) => mb(check.cold.peak)),
        row('  leaving what it read for the next start', ({ check }) => mb(check.keeping.peak)),
        row('`penstock check`, warm', ({ check }) => mb(check.warm.peak)),
        row('language server, after 300 edits', ({ server }) => mb(server.memory)),
        row('dbt Core', ({ dbt }) => dbt && mb(dbt.core.peak)),
        row('dbt v2', ({ dbt }) => dbt && mb(dbt.v2.peak)),
        row('what is kept on disk', ({ check }) => mb(check.size)),
      ],
    },
    {
      title: 'The language server, as an editor has it',
      about: serverNotes,
      rows: [
        timed('process start to first findings, cold', ({ server }) => server.first),
        timed('process start to first findings, warm', ({ server }) => server.firstWarm),
        row('lines of the file that is typed in', ({ server }) => server.lines.toLocaleString('en')),
        timed('keystroke to findings, median', ({ server }) => server.stroke),
        timed('keystroke to findings, p99', ({ server }) => server.stroke99),
        timed('keystroke that opens a quote, median', ({ server }) => server.brokenStroke),
        timed('keystroke that opens a quote, p99', ({ server }) => server.brokenStroke99),
        timed('completion of a `ref`, median', ({ server }) => server.completion.median),
        timed('  the slowest', ({ server }) => server.completion.slowest),
        timed('rename of a model, median', ({ server }) => server.rename.median),
        timed('  the slowest', ({ server }) => server.rename.slowest),
        row('  edits that it makes', ({ server }) => server.edits.toLocaleString('en')),
      ],
    },
    {
      title: 'The engine and its parts, once the code is warm',
      about: engineNotes,
      rows: [
        timed('floor: list and read', ({ engine }) => engine.floor),
        timed('load', ({ engine }) => engine.load),
        timed('  of it: parse', ({ engine }) => engine.parse),
        timed('  of it: check each file', ({ engine }) => engine.check),
        timed('  of it: index', ({ engine }) => engine.index),
        timed('diagnose names', ({ engine }) => engine.diagnose),
        timed('keystroke in properties, median', ({ engine }) => engine.keystroke),
        timed('keystroke in properties, p99', ({ engine }) => engine.keystroke99),
        timed('keystroke in a reference, median', ({ engine }) => engine.reference),
        timed('keystroke in a reference, p99', ({ engine }) => engine.reference99),
        row('memory kept', ({ engine }) => mb(engine.memory)),
        row('findings', ({ engine }) => String(engine.findings)),
      ],
    },
  ].map(({ rows, ...table }) => ({
    ...table,
    head: ['', ...results.map(({ models }) => `${models.toLocaleString('en')} models`)],
    rows: rows.filter(([, ...cells]) => cells.some((cell) => cell !== '')),
  }));
}

/** Keystrokes in files of Meltano, for Penstock and for the general server for YAML; a column a file. */
export function yamlTable(results) {
  const row = (name, cell) => [name, ...results.map(cell)];
  return {
    title: 'Beside yaml-language-server',
    about: yamlNotes,
    head: [
      '',
      ...results.map(
        ({ kind, lines }) => `${lines.toLocaleString('en')} lines${kind === 'plain' ? '' : ' of merge keys'}`,
      ),
    ],
    rows: [
      row('Penstock, opened to findings', ({ penstock }) => ms(penstock.first)),
      row('Penstock, keystroke to findings', ({ penstock }) => ms(penstock.stroke)),
      row('  the slowest', ({ penstock }) => ms(penstock.slowest)),
      row('yaml-language-server, keystroke to findings', ({ rival }) => ms(rival.stroke)),
      row('  how many times as long', (result) => `${number(timesAsLong(result))}×`),
    ],
  };
}

export function timesAsLong({ penstock, rival }) {
  return rival.stroke / penstock.stroke;
}

const yamlNotes = [
  'The same `meltano.yml` with the same schema, the one that Meltano publishes, over the standard streams of both servers; the median of forty strokes all over the file, of fewer where they take longer than half a minute.',
  'Each as a user has it: Penstock is asked at once, yaml-language-server 2.0.0 waits 200 ms for the next stroke before it looks.',
  'Penstock checks names, jobs, schedules and settings besides the schema.',
];

const quicker = (times) => `${number(times)}× quicker`;
const slowerThan = (part) => `${number(1 / part)}× as long`;

const processNotes = [
  'Start and end of the process included; the quickest of five runs, of one or two for dbt Core.',
  '**Floor**: what nobody can be quicker than in Node, listing the tree and reading every file as text.',
  '**Cold**: `--no-cache`, and nothing left by any earlier start, not even compiled code.',
  '**Warm**: everything was kept by an earlier start and nothing changed; after edits, only the edited files are read again. Every file is still looked up on disk, so that no change made outside is missed.',
  'Platforms of fewer than 200 files are not kept: reading them again takes no longer.',
  'The other parsers read the same files in the same run; in brackets how many times as long as the cold check they take.',
];

const serverNotes = [
  'Asked over JSON-RPC through its standard streams. Each stroke is a change of the open file followed by the question for its findings, all over the file. Every third of them opens a quote, which breaks the file until it is taken back.',
  'A completion is asked for a hundred times, a rename thirty times; the first ones are the slowest, as the code warms up. The model that is renamed is one that half of all models read.',
];

const engineNotes = [
  'In one process a size, the quickest of five runs.',
  '**Load**: listed, read, claimed, parsed, each file checked (syntax, schema, file rules), facts indexed.',
  '**Diagnose names**: every undefined and duplicate name of the whole project, and every rule over facts, asked for the first time.',
  '**Keystroke**: an edit until all findings that it may change are known again, in any of the files; every other text is broken, as half-typed text is. In a reference, a `ref()` becomes undefined and defined again.',
  '**Memory kept**: the heap that a loaded platform holds. **Findings**: of the generated project, which dbt accepts.',
];

export function number(value) {
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

export function ms(time) {
  if (time >= 10_000) return `${(time / 1000).toFixed(1)} s`;
  return `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
}

export function mb(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** For a terminal. */
export function toText(all) {
  return all.map(({ title, head, rows }) => `${title}\n${aligned([head, ...rows])}`).join('\n\n');
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('   '),
    )
    .join('\n');
}

/** A table as a section of a page. */
export function sectionOf({ title, about, head, rows }) {
  const ruler = head.map((_, at) => (at === 0 ? '---' : '---:'));
  const lines = [head, ruler, ...rows].map((row) => `| ${row.map(cellOf).join(' | ')} |`);
  return `## ${title}\n\n${lines.join('\n')}\n\n${about.map((each) => `- ${each}`).join('\n')}\n`;
}

/** Markdown drops spaces at the start of a cell. */
function cellOf(cell) {
  return cell.replace(/^ +/, '– ').trim();
}
