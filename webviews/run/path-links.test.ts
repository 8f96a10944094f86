import { expect, test } from 'vitest';
import { PathLinks } from './path-links.ts';
import type { NodeView, RunView } from './protocol.ts';

function runWith(...places: { readonly path: string; readonly line?: number }[]): RunView {
  const nodes = places.map((place, index): NodeView => {
    return { node: String(index), title: 'n', what: 'model', status: 'failed', startedAt: 0, ...place };
  });
  const step = {
    id: '1',
    step: 'dbt:build',
    title: 'dbt build',
    system: 'dbt',
    needs: [],
    status: 'failed' as const,
    nodes,
  };
  return {
    id: 'r',
    folder: '/shop',
    title: 'r',
    requested: [],
    status: 'failed',
    startedAt: 0,
    cancelling: false,
    totals: { succeeded: 0, failed: 0, skipped: 0, warned: 0 },
    steps: [step],
  };
}

test('a relative path in the output leads to the node’s file and line', () => {
  const links = new PathLinks(runWith({ path: '/shop/models/dim.sql', line: 7 }));
  const text = 'Error in model dim (models/dim.sql)';
  expect(links.find(text)).toEqual([{ start: 20, end: 34, path: '/shop/models/dim.sql', line: 7 }]);
});

test('a line in the output goes before the node’s', () => {
  const links = new PathLinks(runWith({ path: '/shop/models/dim.sql', line: 7 }));
  expect(links.find('models/dim.sql:12')[0]).toMatchObject({ line: 12, end: 17 });
});

test('backslashes and drive letters are read', () => {
  const links = new PathLinks(runWith({ path: 'c:\\shop\\models\\dim.sql' }));
  expect(links.find('at models\\dim.sql')).toEqual([
    { start: 3, end: 17, path: 'c:\\shop\\models\\dim.sql' },
  ]);
});

test('files that no node stands in, and names that fit several files, are no links', () => {
  const links = new PathLinks(runWith({ path: '/shop/a/dim.sql' }, { path: '/shop/b/dim.sql' }));
  expect(links.find('wrote target/run.json and dim.sql')).toEqual([]);
  expect(links.find('b/dim.sql')).toHaveLength(1);
  expect(links.find('xb/dim.sql')).toEqual([]);
});

test('several tests in one file are one file, with the line of the one that has one', () => {
  const links = new PathLinks(runWith({ path: '/shop/m.yml' }, { path: '/shop/m.yml', line: 3 }));
  expect(links.size).toBe(1);
  expect(links.find('m.yml')[0]?.line).toBe(3);
});
