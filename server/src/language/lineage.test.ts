import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { defineSystem, type System } from '../core/system.ts';
import type { Definition, Fact } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import { idOf, keyOf, Lineage, type LineageGraph, type LineageRequest } from './lineage.ts';

const scope = '/w';
const keyFor = (name: string) => ({ namespace: 'flow.node', scope, name });

/**
 * `*.flow`: the file is a node, each line names an input. `*.list`: `NAME: INPUT…` defines a node a line,
 * `about NAME` describes one, `test NAME` asks about one, `also NAME` says what another node uses.
 */
const flow: System = defineSystem({
  id: 'flow',
  title: 'Flow',
  icon: 'beaker',
  markers: ['flow.txt'],
  names: [
    { namespace: 'flow.node', title: 'node', lineage: true },
    { namespace: 'flow.note', title: 'note' },
  ],
  rules: [],
  claim: (path) =>
    /\.(flow|list)$/.test(path) ? { kind: 'flow', format: 'text', readsText: true, priority: 1 } : undefined,
  parse: (source) => {
    const facts: Fact[] = [];
    const define = (name: string, start: number, implicit: boolean): Definition => ({
      ...keyFor(name),
      fact: 'definition',
      span: { start, end: implicit ? start : start + name.length },
      what: 'node',
      ...(implicit ? { implicit } : {}),
    });
    const isList = source.path.endsWith('.list');
    if (!isList) facts.push(define(/([^/]*)\.flow$/.exec(source.path)![1]!, 0, true));
    for (const { 0: line, index } of source.text.matchAll(/.+/g)) {
      const [, owner, word] = /^(\w+):|^(\w+) /.exec(isList ? line : '') ?? [];
      if (owner !== undefined) facts.push(define(owner, index, false));
      const rest = isList ? line.slice(line.indexOf(' ') + 1) : line;
      for (const each of rest.matchAll(/\w+/g)) {
        const start = index + line.length - rest.length + each.index;
        facts.push({
          fact: 'use',
          namespaces: ['flow.note', 'flow.node'],
          scope,
          name: each[0],
          span: { start, end: start + each[0].length },
          role: word === 'about' ? 'properties' : word === 'test' ? 'test' : 'plain',
          ...(owner === undefined ? {} : { by: keyFor(owner) }),
          ...(word === 'also' ? { by: keyFor('elsewhere') } : {}),
        });
      }
    }
    return { model: undefined, problems: [], facts };
  },
});

async function open(texts: Readonly<Record<string, string>>): Promise<Platform> {
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/w/${name}`, text]));
  return (await openFixture([flow], { '/w/flow.txt': '', ...files })).platform;
}

function around(platform: Platform, name: string, more: Partial<LineageRequest> = {}): LineageGraph {
  const request = { focus: keyFor(name), upstream: 9, downstream: 9, ...more };
  return new Lineage(platform).around(request)!;
}

const nameOf = (id: string): string => keyOf(id)!.name;
/** `name`, with what is hidden before and behind it: `2+name+1`. */
const shown = ({ nodes }: LineageGraph): string[] =>
  nodes.map(({ definition: { name }, hidden: { upstream, downstream } }) =>
    [upstream ? `${upstream}+` : '', name, downstream ? `+${downstream}` : ''].join(''),
  );
const edgesOf = ({ edges }: LineageGraph): string[] =>
  edges.map(({ from, to }) => `${nameOf(from)}>${nameOf(to)}`).sort();

const chain = { 'a.flow': '', 'b.flow': 'a', 'c.flow': 'b', 'd.flow': 'c', 'e.flow': 'd\na' };

test('data flows from what a file uses to what the file is', async () => {
  const graph = around(await open(chain), 'c');
  expect(shown(graph)).toEqual(['c', 'b', 'd', 'a', 'e']);
  expect(edgesOf(graph)).toEqual(['a>b', 'a>e', 'b>c', 'c>d', 'd>e']);
  expect(graph.nodes.map(({ side, distance }) => `${side} ${distance}`)).toEqual([
    'focus 0',
    'upstream 1',
    'downstream 1',
    'upstream 2',
    'downstream 2',
  ]);
});

test('what lies beyond the depth is counted', async () => {
  const platform = await open({ ...chain, 'f.flow': 'd' });
  expect(shown(around(platform, 'c', { upstream: 1, downstream: 1 }))).toEqual(['c', '1+b', 'd+2']);
  expect(shown(around(platform, 'c', { upstream: 0, downstream: 0 }))).toEqual(['1+c+1']);
});

test('a node shows its neighbours when it is asked to, whatever the depth', async () => {
  const platform = await open({ ...chain, 'f.flow': 'd', 'g.flow': 'f' });
  const expanded = (upstream: readonly string[], downstream: readonly string[]) => ({
    upstream: 0,
    downstream: 1,
    expanded: {
      upstream: new Set(upstream.map((name) => idOf(keyFor(name)))),
      downstream: new Set(downstream.map((name) => idOf(keyFor(name)))),
    },
  });
  const graph = around(platform, 'c', expanded(['e'], ['d', 'f']));
  expect(shown(graph)).toEqual(['1+c', 'd', 'e', 'f', 'a+1', 'g']);
  expect(graph.nodes.map(({ side }) => side)).toEqual([
    'focus',
    'downstream',
    'downstream',
    'downstream',
    'beside',
    'downstream',
  ]);
  expect(shown(around(platform, 'c', expanded(['nowhere', 'a'], [])))).toEqual(['1+c', 'd+2']);
});

test('cycles end, and nothing is its own input', async () => {
  const graph = around(await open({ 'a.flow': 'b\na', 'b.flow': 'a' }), 'a');
  expect(shown(graph)).toEqual(['a', 'b']);
  expect(edgesOf(graph)).toEqual(['a>b', 'b>a']);
});

test('where a file defines several nodes, each use says whose it is; what only describes moves no data', async () => {
  const platform = await open({
    'a.flow': 'gone',
    'b.flow': '',
    'elsewhere.flow': '',
    'more.list': 'x: a b\ny: x\nabout a elsewhere\ntest y\nalso b',
  });
  const graph = around(platform, 'x');
  expect(edgesOf(graph)).toEqual(['a>x', 'b>x', 'x>y']);
  expect(edgesOf(around(platform, 'elsewhere'))).toEqual(['b>elsewhere']);
  expect(shown(around(platform, 'b', { downstream: 1 }))).toEqual(['b', 'elsewhere', '1+x+1']);
  expect(shown(around(platform, 'a'))).toEqual(['a', '1+x', 'y']);
  expect(new Lineage(platform).around({ focus: keyFor('gone'), upstream: 1, downstream: 1 })).toBeUndefined();
});

test('a place in a file is about the file, or about what it names last', async () => {
  const text = 'x: a\nabout b\n\ny: x';
  const platform = await open({ 'a.flow': 'b', 'b.flow': '', 'more.list': text });
  const at = (path: string, offset: number): string | undefined =>
    new Lineage(platform).nodeAt(`/w/${path}`, offset)?.name;
  expect(at('a.flow', 1)).toBe('a');
  expect(at('more.list', 3)).toBe('x');
  expect(at('more.list', text.indexOf('b\n') + 2)).toBe('b');
  expect(at('more.list', text.length)).toBe('y');
  expect(at('flow.txt', 0)).toBeUndefined();
});

test('an id leads back to its name, and anything else to nothing', () => {
  const key = { namespace: 'flow.node', scope: '/w with space', name: 'a"b' };
  expect(keyOf(idOf(key))).toEqual(key);
  for (const id of ['', '{}', '["a"]', '[1,2,3]', 'null']) expect(keyOf(id)).toBeUndefined();
});

test('of 5,000 users a few are shown and the rest is counted, in a project of 10,000', async () => {
  const texts: Record<string, string> = { 'n0.flow': '' };
  for (let at = 1; at < 10_000; at++) texts[`n${at}.flow`] = at <= 5000 ? 'n0' : `n${at - 5000}\nn${at - 1}`;
  const platform = await open(texts);
  const graph = around(platform, 'n0', { downstream: 1 });
  expect(graph.nodes).toHaveLength(31);
  expect(shown(graph)[0]).toBe('n0+4970');
  const all = { upstream: new Set<string>(), downstream: new Set([graph.focus]) };
  expect(shown(around(platform, 'n0', { downstream: 1, expanded: all }))[0]).toBe('n0+4601');
  expect(around(platform, 'n9999', { upstream: 99, downstream: 99 }).nodes.length).toBeLessThanOrEqual(400);
});
