// Puts the figures of a benchmark into words and columns.

/** Each row is a stage; `of` tells what it is compared with. */
const stages = [
  { name: 'floor: list and read', key: 'floor' },
  { name: 'load', key: 'load' },
  { name: '  of it: parse', key: 'parse' },
  { name: '  of it: check each file', key: 'check' },
  { name: '  of it: index', key: 'index' },
  { name: 'diagnose names', key: 'diagnose' },
  { name: 'keystroke in properties, median', key: 'keystroke' },
  { name: 'keystroke in properties, p99', key: 'keystroke99' },
  { name: 'keystroke in a reference, median', key: 'reference' },
  { name: 'keystroke in a reference, p99', key: 'reference99' },
];

/** The table's rows, the head first: a time and its ratio to the floor for each size. */
export function columns(results) {
  const head = ['', ...results.map(({ models }) => `${models.toLocaleString('en')} models`)];
  const rows = stages.map(({ name, key }) => [
    name,
    ...results.map((result) => cell(result[key], result.floor, key)),
  ]);
  return [
    head,
    ['files', ...results.map(({ files }) => files.toLocaleString('en'))],
    ...rows,
    ['memory kept', ...results.map(({ memory }) => `${(memory / 1e6).toFixed(0)} MB`)],
    ['findings', ...results.map(({ findings }) => String(findings))],
  ];
}

function cell(time, floor, key) {
  return key === 'floor' ? ms(time) : `${ms(time)} (${ratio(time / floor)})`;
}

function ms(time) {
  return `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
}

function ratio(value) {
  if (value < 0.001) return '< 0.001×';
  return `${value < 0.1 ? value.toFixed(3) : value.toFixed(1)}×`;
}

/** The page docs/benchmarks.md. */
export function toMarkdown(results, machine) {
  const [head, ...rows] = columns(results);
  const lines = [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map(
    (row) => `| ${row.map((each) => each.trim()).join(' | ')} |`,
  );
  return `# Benchmarks

Written by \`npm run bench\` on ${machine.date}: ${machine.processor}, ${machine.memory} of memory, ${machine.system}, Node ${machine.node}.

${lines.join('\n')}

Times are the quickest of five runs in one process a size, in brackets their ratio to the floor of the same run.
Compare ratios, not milliseconds: a slower machine has a slower floor.

- **floor**: what nobody can be quicker than, listing the tree and reading every file as text.
- **load**: the platform from nothing: listed, read, claimed, parsed, each file checked (syntax, schema, file rules), facts indexed.
- **diagnose names**: every undefined and duplicate name of the whole project, asked for the first time.
- **keystroke in properties**: an edit in a properties file until all findings it may change are known again; every other text is broken, as half-typed text is.
- **keystroke in a reference**: the same in a model, where a \`ref()\` becomes undefined and defined again.
- **memory kept**: the heap that a loaded platform holds.
- **findings**: of the generated project, which dbt accepts.

The projects come from \`scripts/generate-project.mjs\` (seed 1): chains of \`ref()\`, sources, four tests a model, one properties file per ten models.
`;
}
