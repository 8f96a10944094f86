import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openFolder } from '../../server/src/cli/workspace.ts';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import type { Cost, EvidenceState } from '../../server/src/core/evidence.ts';
import type { LastRun, RunHistory } from '../../server/src/core/last-run.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { createRunHistory } from '../../server/src/runs/run-history.ts';
import { createCheckRunner } from '../../server/src/evidence/run-checks.ts';
import {
  closedPort,
  kafka,
  listen,
  postgres,
  redis,
  web,
} from '../../server/src/evidence/test-support/servers.ts';
import { fromFsPath } from '../../server/src/files/node-files.ts';
import { defaultFindingSettings } from '../../server/src/language/diagnose.ts';
import { ReadinessBoard } from '../../server/src/readiness/readiness-board.ts';
import { systems } from '../../server/src/systems/index.ts';
import type { CheckKind } from '../../server/src/systems/penstock/checks-model.ts';

// Every kind of evidence where it passes, where it fails, where it is too old, and where nobody can be asked: from
// penstock.yaml to the verdict. The table of docs/readiness.md is held to it. Real servers and tools: test/evidence.

const states = ['passed', 'failed', 'stale', 'unreachable'] as const;

/** What is there when a check is looked at, and the verdict. */
interface Scene {
  readonly is: EvidenceState;
  readonly files?: Readonly<Record<string, string>>;
  /** So many hours old. */
  readonly old?: Readonly<Record<string, number>>;
  readonly links?: Readonly<Record<string, string>>;
  /** What listens at PORT; nothing where absent. */
  readonly server?: () => Promise<number>;
  /** The verdict is asked for so many hours after the check was looked at. */
  readonly later?: number;
  readonly runs?: LastRun;
  /** The check where it is written otherwise than elsewhere. */
  readonly check?: string;
}

interface Kind extends Readonly<Record<Exclude<(typeof states)[number], 'stale'>, Scene>> {
  readonly check: string;
  /** `never`: it is told anew whenever somebody asks. */
  readonly stale: Scene | 'never';
}

const hour = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * hour).toISOString();
const talking = (talk: (socket: Socket) => void) => () => listen(talk);
const answering = (status: number, body: string) => () => web(() => ({ status, body }));

function overNetwork(check: string, passing: () => Promise<number>, failing: () => Promise<number>): Kind {
  return {
    check,
    passed: { is: 'passed', server: passing },
    failed: { is: 'failed', server: failing },
    stale: { is: 'stale', server: passing, later: 1 },
    unreachable: { is: 'failed' },
  };
}

const somethingElse = talking(redis('HTTP/1.1 400 Bad Request\r\n\r\n'));
const extractor = (name: string): string => `    - name: ${name}\n      pip_url: ${name}\n`;
const extractors = (...names: readonly string[]): string =>
  `plugins:\n  extractors:\n${names.map(extractor).join('')}`;
const junit = (failures: number): string =>
  `<testsuite tests="1" failures="${failures}"><testcase name="a">${failures > 0 ? '<failure/>' : ''}</testcase></testsuite>`;
const lcov = (hit: number): string => `SF:a.py\nLF:10\nLH:${hit}\nend_of_record\n`;
const run = (status: LastRun['status'], hours: number): LastRun => ({
  status,
  at: ago(hours),
  durationMs: 5,
});

const written: Readonly<Record<CheckKind, Kind>> = {
  file: {
    check: 'file: data/*.csv\nmax-age: 1h',
    passed: { is: 'passed', files: { 'data/a.csv': '' } },
    failed: { is: 'failed', files: { 'data/a.txt': '' } },
    stale: { is: 'stale', files: { 'data/a.csv': '' }, old: { 'data/a.csv': 5 } },
    unreachable: { is: 'failed', links: { data: 'nowhere' } },
  },
  valid: {
    check: 'valid: compose',
    passed: { is: 'passed', files: { 'compose.yaml': 'services:\n  a: { image: redis }\n' } },
    failed: { is: 'failed', files: { 'compose.yaml': 'services:\n  a: { images: redis }\n' } },
    stale: 'never',
    unreachable: { is: 'not-applicable' },
  },
  defined: {
    check: 'defined: { kind: extractor, at-least: 2 }',
    passed: { is: 'passed', files: { 'meltano.yml': extractors('tap-a', 'tap-b') } },
    failed: { is: 'failed', files: { 'meltano.yml': extractors('tap-a') } },
    stale: 'never',
    unreachable: { is: 'failed' },
  },
  env: {
    check: 'env: [PENSTOCK_TEST_TOKEN]',
    passed: { is: 'passed', files: { '.env': 'PENSTOCK_TEST_TOKEN=x\n' } },
    failed: { is: 'failed', files: { '.env': 'OTHER=x\n' } },
    stale: 'never',
    unreachable: { is: 'failed' },
  },
  junit: {
    check: 'junit: out/*.xml\nmax-age: 1h',
    passed: { is: 'passed', files: { 'out/a.xml': junit(0) } },
    failed: { is: 'failed', files: { 'out/a.xml': junit(1) } },
    stale: { is: 'stale', files: { 'out/a.xml': junit(0) }, old: { 'out/a.xml': 5 } },
    unreachable: { is: 'unknown' },
  },
  coverage: {
    check: 'coverage: { path: lcov.info, at-least: 80 }\nmax-age: 1h',
    passed: { is: 'passed', files: { 'lcov.info': lcov(9) } },
    failed: { is: 'failed', files: { 'lcov.info': lcov(7) } },
    stale: { is: 'stale', files: { 'lcov.info': lcov(9) }, old: { 'lcov.info': 5 } },
    unreachable: { is: 'unknown' },
  },
  ran: {
    check: 'ran: pipeline:daily\nmax-age: 1h',
    passed: { is: 'passed', runs: run('succeeded', 0.5) },
    failed: { is: 'failed', runs: run('failed', 0.5) },
    stale: { is: 'stale', runs: run('succeeded', 5) },
    unreachable: { is: 'unknown' },
  },
  check: {
    check: 'check: compose:valid',
    passed: { is: 'passed', files: { 'compose.yaml': 'services:\n  a: { image: redis }\n' } },
    failed: { is: 'failed', files: { 'compose.yaml': 'services:\n  a: { images: redis }\n' } },
    stale: 'never',
    unreachable: { is: 'unknown' },
  },
  port: {
    check: 'port: PORT',
    passed: { is: 'passed', server: somethingElse },
    failed: { is: 'failed' },
    stale: { is: 'stale', server: somethingElse, later: 1 },
    unreachable: { is: 'unknown', check: 'port: warehouse.example.com:5432' },
  },
  http: overNetwork(
    'http: { url: "http://127.0.0.1:PORT/", json: { status: ok } }',
    answering(200, '{"status":"ok"}'),
    answering(200, '{"status":"no"}'),
  ),
  redis: overNetwork('redis: 127.0.0.1:PORT', talking(redis('+PONG\r\n')), somethingElse),
  postgres: overNetwork('postgres: 127.0.0.1:PORT', talking(postgres('R', '\0\0\0\0')), somethingElse),
  kafka: overNetwork('kafka: 127.0.0.1:PORT', talking(kafka(0)), somethingElse),
  elasticsearch: overNetwork(
    'elasticsearch: 127.0.0.1:PORT',
    answering(200, '{"cluster_name":"c","status":"green"}'),
    answering(200, '{"cluster_name":"c","status":"red"}'),
  ),
  run: {
    check: `run: [node, -e, "process.exit(0)"]`,
    passed: { is: 'passed' },
    failed: { is: 'failed', check: 'run: [node, -e, "process.exit(3)"]' },
    stale: { is: 'stale', later: 48 },
    unreachable: { is: 'unknown', check: 'run: no-such-program-here' },
  },
};

const dbtProject = { 'dbt_project.yml': 'name: shop\nprofile: shop\n', 'models/a.sql': 'select 1 as id\n' };
const results = (status: string, hours: number): string =>
  JSON.stringify({
    metadata: { dbt_version: '1.12.0', generated_at: ago(hours) },
    args: { which: 'build' },
    results: [{ unique_id: 'test.shop.a', status }],
  });
const manifest = (hours: number): string =>
  JSON.stringify({ metadata: { dbt_version: '1.12.0', generated_at: ago(hours) }, nodes: {} });
const freshness = (status: string, hours: number): string =>
  JSON.stringify({
    metadata: { dbt_version: '1.12.0', generated_at: ago(hours) },
    results: [{ unique_id: 'source.shop.raw.orders', status }],
  });
const source = {
  ...dbtProject,
  'models/s.yml': `sources:\n  - name: raw\n    tables:\n      - name: orders\n        loaded_at_field: at\n        freshness: { warn_after: { count: 1, period: day } }\n`,
};
const left = (
  check: string,
  name: string,
  good: string,
  bad: string,
  old: string,
  around = dbtProject,
): Kind => ({
  check: `check: ${check}\nmax-age: 1h`,
  passed: { is: 'passed', files: { ...around, [name]: good } },
  failed: { is: 'failed', files: { ...around, [name]: bad } },
  stale: { is: 'stale', files: { ...around, [name]: old } },
  unreachable: { is: 'unknown', files: around },
});
const validation = (success: boolean, hours: number): string =>
  JSON.stringify({
    success,
    suite_name: 'orders',
    meta: { run_id: { run_name: null, run_time: ago(hours) } },
    statistics: { evaluated_expectations: 1, successful_expectations: success ? 1 : 0 },
  });
const docker = (says: string): Readonly<Record<string, string>> => ({
  'compose.yaml': 'services:\n  db: { image: redis }\n',
  'bin/docker': `#!/bin/sh\n${says}\n`,
});
const container = (state: string): string =>
  `echo '{"Service":"db","State":"${state}","Health":"","ExitCode":1}'`;
const meltano = { 'meltano.yml': 'plugins: {}\n' };
const history = (state: string, hours: number): string =>
  `runs ${state} ${ago(hours).replace('T', ' ').replace('Z', '000')}`;

const unasked: Readonly<Record<string, Kind>> = {
  'dbt:results': left(
    'dbt:results',
    'target/run_results.json',
    results('pass', 0.5),
    results('fail', 0.5),
    results('pass', 5),
  ),
  'dbt:tests': left(
    'dbt:tests',
    'target/run_results.json',
    results('pass', 0.5),
    results('fail', 0.5),
    results('pass', 5),
  ),
  'dbt:manifest': {
    check: 'check: dbt:manifest',
    passed: {
      is: 'passed',
      files: { ...dbtProject, 'target/manifest.json': manifest(0) },
      old: { 'models/a.sql': 5, 'dbt_project.yml': 5 },
    },
    failed: { is: 'unknown', files: { ...dbtProject, 'target/manifest.json': '{' } },
    stale: { is: 'stale', files: { ...dbtProject, 'target/manifest.json': manifest(5) } },
    unreachable: { is: 'unknown', files: dbtProject },
  },
  'dbt:freshness': left(
    'dbt:freshness',
    'target/sources.json',
    freshness('pass', 0.5),
    freshness('error', 0.5),
    freshness('pass', 5),
    source,
  ),
  'meltano:runs': left(
    'meltano:runs',
    '.meltano/meltano.db',
    history('SUCCESS', 0.5),
    history('FAIL', 0.5),
    history('SUCCESS', 5),
    meltano as never,
  ),
  'gx:validations': left(
    'gx:validations',
    'gx/uncommitted/validations/orders/a.json',
    validation(true, 0.5),
    validation(false, 0.5),
    validation(true, 5),
    { 'gx/great_expectations.yml': 'config_version: 4\n' } as never,
  ),
  'compose:service/<name>': {
    check: 'check: compose:service/db',
    passed: { is: 'passed', files: docker(container('running')) },
    failed: { is: 'failed', files: docker(container('exited')) },
    stale: { is: 'stale', files: docker(container('running')), later: 48 },
    unreachable: { is: 'unknown', files: docker('echo "Cannot connect to the Docker daemon" >&2; exit 1') },
  },
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes what a scene holds, with penstock.yaml; gives the folder. */
function laid({ files = {}, old = {}, links = {} }: Scene, check: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-kinds-'));
  folders.push(folder);
  const own = `checks:\n  it:\n${check.replace(/^/gm, '    ')}\n`;
  for (const [name, text] of Object.entries({ ...files, 'penstock.yaml': own })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (text.startsWith('runs ')) writeDatabase(join(folder, name), text);
    else writeFileSync(join(folder, name), text);
    if (name.startsWith('bin/')) chmodSync(join(folder, name), 0o755);
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  for (const [name, hours] of Object.entries(old)) {
    const then = new Date(Date.now() - hours * hour);
    utimesSync(join(folder, name), then, then);
  }
  return folder;
}

/** As Meltano keeps the history of its runs. */
function writeDatabase(file: string, row: string): void {
  const [, state, day, time] = row.split(' ');
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE runs (id INTEGER, job_name TEXT, state TEXT, started_at TEXT, ended_at TEXT)');
  database
    .prepare("INSERT INTO runs VALUES (1, 'dev:a-to-b', ?, ?, ?)")
    .run(state!, `${day} ${time}`, `${day} ${time}`);
  database.close();
}

async function verdict(scene: Scene, usual: string): Promise<EvidenceState | undefined> {
  const port = await (scene.server ?? closedPort)();
  const folder = laid(scene, (scene.check ?? usual).replace('PORT', String(port)));
  const platform = await openFolder({ systems, folder, log: silentLog });
  const env = { ...process.env, PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) };
  const history: RunHistory = { ...createRunHistory(env), lastOfStep: async () => scene.runs };
  let laterMs = 0;
  const board = new ReadinessBoard({
    runner: createCheckRunner({ systems, history, env }),
    pause: async () => {},
    now: () => Date.now() + laterMs,
  });
  const look = (checks?: ReadonlySet<string>) =>
    board.snapshot(platform, {
      settings: defaultFindingSettings,
      limits: {
        isTrusted: true,
        allowedHosts: [],
        environments: [],
        folders: [fromFsPath(folder)],
        secrets: [],
      },
      token: neverCancelled,
      costs: new Set<Cost>(['instant', 'seconds', 'network', 'command']),
      ...(checks ? { checks } : {}),
    });
  await look();
  laterMs = (scene.later ?? 0) * hour;
  const { checks } = await look(new Set());
  return checks.find(({ id }) => id === 'it')?.state;
}

for (const [name, kind] of Object.entries({ ...written, ...unasked }))
  for (const state of states) {
    const scene = kind[state];
    if (scene === 'never') continue;
    test(`${name} is ${scene.is} where it is ${state}`, async () => {
      expect(await verdict(scene, kind.check)).toBe(scene.is);
    });
  }

// What is there and shows nothing.
test.each<[name: string, check: string, files: Readonly<Record<string, string>>, is: EvidenceState]>([
  ['a variable that is set to nothing', 'env: [PENSTOCK_TEST_TOKEN]', { '.env': 'PENSTOCK_TEST_TOKEN=\n' }, 'failed'],
  ['no name where none is asked for', 'defined: { kind: extractor, at-least: 0 }', {}, 'failed'],
  ['no file where none is asked for', 'file: { path: data/*.csv, at-least: 0 }', {}, 'failed'],
  ['tests that were all skipped', 'junit: a.xml', { 'a.xml': '<testsuite><testcase><skipped/></testcase></testsuite>' }, 'unknown'],
  ['a report of nothing covered', 'coverage: a.xml', { 'a.xml': '<coverage line-rate="0" lines-valid="0"/>' }, 'unknown'],
])('%s does not pass', async (_name, check, files, is) => {
  expect(await verdict({ is, files }, check)).toBe(is);
}); // prettier-ignore

test('the documentation lists every kind with what it says then', () => {
  const shown = (scene: Scene | 'never'): string =>
    scene === 'never' ? 'never' : scene.is.replace('-', ' ');
  const rows = Object.entries({ ...written, ...unasked }).map(([name, kind]) =>
    [`\`${name}\``, ...states.map((state) => shown(kind[state]))].join(' | '),
  );
  const table = readFileSync(new URL('../../docs/readiness.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
        .join(' | '),
    );
  expect(rows.filter((row) => !table.some((line) => line.startsWith(`${row} | `)))).toEqual([]);
});
