import { expect, test } from 'vitest';
import { RunModel, type NodeSnapshot, type RunStepSnapshot } from '../../../server/src/runs/run-state.ts';
import { LogLinks } from './log-links.ts';

async function linksIn(
  text: string,
  options: {
    readonly files?: readonly string[];
    readonly nodes?: readonly Partial<NodeSnapshot>[];
    readonly step?: Partial<RunStepSnapshot>;
  } = {},
) {
  const { files = [], nodes = [] } = options;
  const links = new LogLinks({ folder: '/shop', isFile: async (path) => files.includes(path) });
  links.setRun({
    ...new RunModel('r1').snapshot(),
    steps: [
      {
        id: '1',
        step: 'dbt:build',
        title: 'dbt build',
        system: 'dbt',
        needs: [],
        status: 'running',
        cwd: '/shop/transform',
        ...options.step,
        nodes: nodes.map((node) => ({
          node: 'n',
          title: 'n',
          what: 'model',
          status: 'failed',
          startedAt: '',
          ...node,
        })),
      },
    ],
  });
  const settled = new Promise<void>((resolve) => (links.onSettled = resolve));
  if (!links.find(text, '1').isSettled) await settled;
  return { links, found: links.find(text, '1').links };
}

test('paths of files that are there lead to them, with line and column, from the step’s folder first', async () => {
  const files = ['/shop/transform/models/a.sql', '/shop/load.py', '/etc/hosts.txt'];
  const text = 'models/a.sql:7:3, ./load.py and /etc/hosts.txt:2, not gone.sql';
  const { found } = await linksIn(text, { files });
  expect(found).toEqual([
    { kind: 'file', start: 0, end: 16, path: '/shop/transform/models/a.sql', line: 7, column: 3 },
    { kind: 'file', start: 18, end: 27, path: '/shop/load.py' },
    { kind: 'file', start: 32, end: 48, path: '/etc/hosts.txt', line: 2 },
  ]);
});

test('what a step in a service calls by the names of its container leads to the files of the workspace', async () => {
  const files = ['/shop/transform/models/a.sql', '/usr/lib/x.py'];
  const mounts = [{ inside: '/project', here: '/shop/transform' }];
  const step = { in: { service: 'dbt', how: 'exec', because: '', mounts } } as const;
  const text = '/project/models/a.sql:7, models/a.sql and /usr/lib/x.py:1';
  const { found } = await linksIn(text, { files, step });
  expect(found).toEqual([
    { kind: 'file', start: 0, end: 23, path: '/shop/transform/models/a.sql', line: 7 },
    { kind: 'file', start: 25, end: 37, path: '/shop/transform/models/a.sql' },
  ]);
});

test('a place in a Python stack trace is one link', async () => {
  const { found } = await linksIn('  File "/shop/load.py", line 12, in main', { files: ['/shop/load.py'] });
  expect(found).toEqual([{ kind: 'file', start: 2, end: 31, path: '/shop/load.py', line: 12 }]);
});

test('addresses lead out, without the punctuation behind them', async () => {
  const { found, links } = await linksIn('see (https://docs.example/a.html?b=1), or http://x.example.');
  expect(found.map((link) => (link.kind === 'url' ? link.url : ''))).toEqual([
    'https://docs.example/a.html?b=1',
    'http://x.example',
  ]);
  expect(links.names('http://x.example')).toBe(true);
  expect(links.names('http://y.example')).toBe(false);
});

test('nodes are found by the end of their path and by name, with their line unless the text says another', async () => {
  const nodes = [{ title: 'dim', path: '/shop/transform/models/dim.sql', line: 7 }];
  const { found, links } = await linksIn('Error in dim (models\\dim.sql), models/dim.sql:12, dims', {
    nodes,
  });
  expect(found.map((link) => [link.start, link.end, link.kind === 'file' && link.line])).toEqual([
    [9, 12, 7],
    [14, 28, 7],
    [31, 48, 12],
  ]);
  expect(links.names('/shop/transform/models/dim.sql')).toBe(true);
  expect(links.names('/etc/passwd')).toBe(false);
});

test('what several files could be meant by leads nowhere', async () => {
  const nodes = [
    { title: 'dim', path: '/shop/a/dim.sql' },
    { title: 'dim', path: '/shop/b/dim.sql' },
  ];
  expect((await linksIn('dim and dim.sql', { nodes })).found).toEqual([]);
  expect((await linksIn('b/dim.sql, xb/dim.sql', { nodes })).found).toHaveLength(1);
});

test('tables and versions are not looked for on disk', async () => {
  const { links, found } = await linksIn('main.stg_orders with dbt=1.12.0', {
    files: ['/shop/main.stg_orders'],
  });
  expect(found).toEqual([]);
  expect(links.find('main.stg_orders', '1').isSettled).toBe(true);
});
