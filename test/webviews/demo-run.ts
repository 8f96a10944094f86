import type { LogLevel, LogLine, NodeStatus, NodeView, RunView } from '../../webviews/run/protocol.ts';

const folder = '/home/dev/shop';
const began = Date.parse('2026-11-23T08:32:40Z');
const green = '\u001b[32m';
const red = '\u001b[31m';
const yellow = '\u001b[33m';
const reset = '\u001b[0m';

/** A Meltano load, then a dbt build with one failed model and what that skips, as the extension would send it. */
export interface DemoRun {
  readonly run: RunView;
  readonly lines: readonly LogLine[];
  readonly now: number;
}

interface Model {
  readonly title: string;
  readonly what: string;
  readonly status: NodeStatus;
  readonly at: number;
  readonly ms?: number;
  readonly path: string;
}

const models: readonly Model[] = [
  {
    title: 'country_codes',
    what: 'seed',
    status: 'succeeded',
    at: 7100,
    ms: 310,
    path: 'seeds/country_codes.csv',
  },
  {
    title: 'stg_customers',
    what: 'view',
    status: 'succeeded',
    at: 7420,
    ms: 190,
    path: 'models/staging/stg_customers.sql',
  },
  {
    title: 'stg_orders',
    what: 'view',
    status: 'succeeded',
    at: 7430,
    ms: 240,
    path: 'models/staging/stg_orders.sql',
  },
  {
    title: 'stg_order_items',
    what: 'view',
    status: 'succeeded',
    at: 7450,
    ms: 410,
    path: 'models/staging/stg_order_items.sql',
  },
  {
    title: 'not_null_stg_orders_order_id',
    what: 'test',
    status: 'succeeded',
    at: 7900,
    ms: 80,
    path: 'models/staging/staging.yml',
  },
  {
    title: 'unique_stg_customers_customer_id',
    what: 'test',
    status: 'warned',
    at: 7910,
    ms: 95,
    path: 'models/staging/staging.yml',
  },
  {
    title: 'dim_customers',
    what: 'table',
    status: 'failed',
    at: 8020,
    ms: 1240,
    path: 'models/marts/dim_customers.sql',
  },
  {
    title: 'fct_orders',
    what: 'incremental',
    status: 'succeeded',
    at: 8030,
    ms: 3120,
    path: 'models/marts/fct_orders.sql',
  },
  {
    title: 'customer_lifetime_value',
    what: 'table',
    status: 'skipped',
    at: 9300,
    path: 'models/marts/customer_lifetime_value.sql',
  },
  {
    title: 'orders_by_country',
    what: 'table',
    status: 'succeeded',
    at: 11_200,
    ms: 640,
    path: 'models/marts/orders_by_country.sql',
  },
];

const failure = `Runtime Error in model dim_customers (models/marts/dim_customers.sql)
  Binder Error: Referenced column "nmae" not found in FROM clause!
  Candidate bindings: "name", "email"

  LINE 7:     customers.nmae as customer_name,
              ^`;

export function finishedRun(): DemoRun {
  const run: RunView = {
    id: '20261123-083240-000',
    folder,
    title: 'meltano run load, dbt build',
    requested: ['meltano:job/load', 'dbt:build'],
    status: 'failed',
    startedAt: began,
    durationMs: 12_400,
    cancelling: false,
    totals: { succeeded: 10, failed: 1, skipped: 1, warned: 1 },
    steps: [
      {
        id: '1',
        step: 'meltano:job/load',
        title: 'meltano run load',
        system: 'meltano',
        needs: [],
        status: 'succeeded',
        startedAt: began + 20,
        durationMs: 5200,
        exitCode: 0,
        command: 'meltano run load',
        lastMs: 4700,
        nodes: [
          stream('customers', 1240, 900),
          stream('orders', 18_306, 2400),
          stream('order_items', 54_112, 3100),
        ],
      },
      {
        id: '2',
        step: 'dbt:build',
        title: 'dbt build',
        system: 'dbt',
        needs: ['1'],
        status: 'failed',
        startedAt: began + 5300,
        durationMs: 7080,
        exitCode: 1,
        message: 'dbt ended with exit code 1',
        command: 'dbt build --target dev',
        nodes: models.map(toNode),
      },
    ],
  };
  return { run, lines: [...meltanoLines(), ...dbtLines()], now: began + 20_000 };
}

/** The same run amid the dbt build: nothing failed yet, some nodes run. */
export function runningRun(): DemoRun {
  const { run, lines } = finishedRun();
  const now = began + 8900;
  const [load, build] = run.steps;
  if (load === undefined || build === undefined) throw new Error('the demo run has two steps');
  const nodes = build.nodes
    .filter((node) => node.startedAt < now)
    .map((node) => (node.startedAt + (node.durationMs ?? 0) <= now ? node : running(node)));
  const { durationMs: _ended, exitCode: _code, message: _message, ...begun } = build;
  const { durationMs: _total, ...started } = run;
  return {
    run: {
      ...started,
      status: 'running',
      totals: { succeeded: 8, failed: 0, skipped: 0, warned: 1 },
      steps: [load, { ...begun, status: 'running', nodes, total: 10 }],
    },
    lines: lines.filter((line) => line.at < now),
    now,
  };
}

/** One step that prints more than anybody reads. */
export function chattyRun(count: number): DemoRun {
  const run: RunView = {
    id: '20261123-090000-000',
    folder,
    title: 'pipeline:chatty',
    requested: ['pipeline:chatty'],
    status: 'running',
    startedAt: began,
    cancelling: false,
    totals: { succeeded: 0, failed: 0, skipped: 0, warned: 0 },
    steps: [
      {
        id: '1',
        step: 'pipeline:chatty',
        title: 'chatty',
        system: 'pipeline',
        needs: [],
        status: 'running',
        startedAt: began,
        nodes: [],
      },
    ],
  };
  return { run, lines: Array.from({ length: count }, (_, index) => chattyLine(index)), now: began + 5000 };
}

/** One of the lines of the chatty run. */
export function chattyLine(index: number): LogLine {
  const level: LogLevel = index % 1000 === 999 ? 'error' : 'info';
  return {
    at: began + index,
    step: '1',
    level,
    kind: 'output',
    text: `${green}row${reset} ${index} of many`,
  };
}

function running(node: NodeView): NodeView {
  const { durationMs: _duration, message: _message, line: _line, ...rest } = node;
  return { ...rest, status: 'running' };
}

function stream(name: string, records: number, ms: number): NodeView {
  return {
    node: `tap-spreadsheets:${name}`,
    title: name,
    what: 'stream',
    status: 'succeeded',
    startedAt: began + 1100,
    durationMs: ms,
    records,
  };
}

function toNode(model: Model): NodeView {
  const failed = model.status === 'failed';
  return {
    node: `model.shop.${model.title}`,
    title: model.title,
    what: model.what,
    status: model.status,
    startedAt: began + model.at,
    ...(model.ms === undefined ? {} : { durationMs: model.ms }),
    ...(model.title === 'fct_orders' ? { lastMs: 2200 } : {}),
    path: `${folder}/transform/${model.path}`,
    shownPath: `transform/${model.path}`,
    ...(failed ? { message: failure, line: 7 } : {}),
    ...(model.status === 'warned'
      ? {
          message: 'Got 2 results, configured to warn if != 0',
          rowsStep: 'dbt:show/unique_stg_customers_customer_id',
        }
      : {}),
  };
}

function meltanoLines(): readonly LogLine[] {
  const say = (at: number, text: string): LogLine => ({
    at: began + at,
    step: '1',
    level: 'info',
    kind: 'output',
    text,
  });
  return [
    { at: began + 20, step: '1', level: 'info', kind: 'command', text: '$ meltano run load' },
    say(900, 'Environment `dev` is active'),
    say(1100, `${green}tap-spreadsheets${reset} | Beginning sync of 3 streams`),
    say(2000, `${green}tap-spreadsheets${reset} | customers: 1,240 records in 0.9 s`),
    say(3500, `${green}tap-spreadsheets${reset} | orders: 18,306 records in 2.4 s`),
    say(4200, `\u001b[38;5;208mtarget-duckdb${reset}   | Setting up schema "raw"`),
    say(4600, `\u001b[38;2;120;170;255mtarget-duckdb${reset}   | order_items: 54,112 records in 3.1 s`),
    say(5190, `Run completed ${green}success${reset}`),
    { at: began + 5220, step: '1', level: 'info', kind: 'note', text: 'Ended with exit code 0 after 5.2 s' },
  ];
}

function dbtLines(): readonly LogLine[] {
  const say = (at: number, text: string, level: LogLevel = 'info', node?: string): LogLine => ({
    at: began + at,
    step: '2',
    level,
    kind: 'output',
    text,
    ...(node === undefined ? {} : { node }),
  });
  const nodes = models.flatMap((model, index) => {
    const place = `${index + 1} of ${models.length}`;
    const name = `model.shop.${model.title}`;
    const label = `${model.what} model main.${model.title} `.padEnd(58, '.');
    const words: Record<string, string> = {
      succeeded: `${green}OK${reset}`,
      failed: `${red}ERROR${reset}`,
      warned: `${yellow}WARN 2${reset}`,
      skipped: `${yellow}SKIP${reset}`,
    };
    const level: LogLevel = model.status === 'failed' ? 'error' : model.status === 'warned' ? 'warn' : 'info';
    return [
      say(model.at, `${place} START ${label} [RUN]`, 'info', name),
      say(
        model.at + (model.ms ?? 0),
        `${place} ${words[model.status]} ${label} [${words[model.status]} in ${((model.ms ?? 0) / 1000).toFixed(2)}s]`,
        level,
        name,
      ),
    ];
  });
  const all = [
    {
      at: began + 5300,
      step: '2',
      level: 'info' as const,
      kind: 'command' as const,
      text: '$ dbt build --target dev',
    },
    say(6300, 'Running with dbt=1.12.0'),
    say(6700, 'Registered adapter: duckdb=1.10.0'),
    say(7000, 'Found 6 models, 1 seed, 2 data tests, 3 sources, 480 macros'),
    ...nodes,
    say(12_300, ''),
    say(12_310, `${red}Completed with 1 error, 0 partial successes, and 1 warning:${reset}`),
    ...failure.split('\n').map((text) => say(12_320, text, 'error', 'model.shop.dim_customers')),
    say(12_350, 'Done. PASS=7 WARN=1 ERROR=1 SKIP=1 NO-OP=0 TOTAL=10'),
    {
      at: began + 12_380,
      step: '2',
      level: 'error' as const,
      kind: 'note' as const,
      text: 'Ended with exit code 1 after 7.1 s',
    },
  ];
  return all.toSorted((one, other) => one.at - other.at);
}
