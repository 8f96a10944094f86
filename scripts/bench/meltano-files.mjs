// meltano.yml of any length, the same each time: plain ones, and ones in which every plugin merges anchors.

const linesOfPlugin = 12;
const linesOfJob = 3;
const linesOfSchedule = 3;
const linesOfMerging = 10;

const head = ['version: 1', 'default_environment: dev', 'environments:', '  - name: dev', '  - name: prod'];
const tail = [
  '  loaders:',
  '    - name: target-duckdb',
  '      variant: jwills',
  '      pip_url: target-duckdb',
];

/** A file of about so many lines: plugins with their settings, then jobs and schedules of them. */
export function plainMeltanoFile(lines) {
  const numbers = counted(lines, linesOfPlugin + linesOfJob + linesOfSchedule);
  return [
    ...head,
    'plugins:',
    '  extractors:',
    ...numbers.flatMap(plugin),
    ...tail,
    'jobs:',
    ...numbers.flatMap(job),
    'schedules:',
    ...numbers.flatMap(schedule),
    '',
  ].join('\n');
}

/** A file of about so many lines in which each plugin merges two anchors of the first and names a third. */
export function mergingMeltanoFile(lines) {
  const first = plugin(0);
  first[0] = '    - &plugin';
  first.splice(1, 0, '      name: tap-source-0');
  first[first.indexOf('      config:')] = '      config: &config';
  first[first.indexOf('      select:')] = '      select: &select';
  const numbers = counted(lines, linesOfMerging).slice(1);
  return [...head, 'plugins:', '  extractors:', ...first, ...numbers.flatMap(merging), ...tail, ''].join(
    '\n',
  );
}

function counted(lines, each) {
  const count = Math.max(2, Math.floor((lines - head.length - tail.length) / each));
  return Array.from({ length: count }, (_, at) => at);
}

function plugin(at) {
  return [
    `    - name: tap-source-${at}`,
    '      namespace: tap_source',
    `      label: Source ${at}`,
    '      pip_url: git+https://example.com/tap-source.git@v1.2.3',
    '      executable: tap-source',
    '      capabilities: [catalog, discover, state]',
    '      config:',
    `        api_url: https://example.com/v1/source-${at}`,
    "        start_date: '2024-01-01'",
    '      select:',
    '        - orders.*',
    `        - '!orders.secret_${at}'`,
  ];
}

function job(at) {
  return [`  - name: load-source-${at}`, '    tasks:', `      - tap-source-${at} target-duckdb`];
}

function schedule(at) {
  return [`  - name: source-${at}-daily`, "    interval: '@daily'", `    job: load-source-${at}`];
}

function merging(at) {
  return [
    '    - <<: *plugin',
    `      name: tap-source-${at}`,
    `      label: Source ${at}`,
    `      description: What source ${at} holds.`,
    '      config:',
    '        <<: *config',
    `        account: source-${at}`,
    '        page_size: 500',
    "        start_date: '2025-01-01'",
    '      select: *select',
  ];
}
