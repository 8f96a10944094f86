import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fact } from '../core/facts.ts';
import type { Step } from '../core/step.ts';
import { defineSystem, type System } from '../core/system.ts';
import type { RunEventBody } from '../runs/run-event.ts';
import { logFile, runIdFor } from '../runs/run-folder.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import { graphDot, quoteDot } from './graph-dot.ts';
import type { GraphJson, GraphNode } from './graph-drawing.ts';
import { escapeMermaid, graphMermaid } from './graph-mermaid.ts';
import { graphText } from './graph-text.ts';
import { main } from './main.ts';

let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

/** Lines of `things.txt`: `NAME: INPUT…` is a thing with its inputs, `run NAME: THING…` sets things to work. */
const flow: System = defineSystem({
  id: 'flow',
  title: 'Flow',
  icon: 'beaker',
  markers: ['things.txt'],
  names: [
    { namespace: 'flow.thing', title: 'thing', lineage: true },
    { namespace: 'flow.job', title: 'job', graph: { flow: 'work', shelf: () => ['work', 'jobs'] } },
  ],
  rules: [],
  claim: (path) =>
    path.endsWith('things.txt')
      ? { kind: 'things', format: 'text', readsText: true, priority: 1 }
      : undefined,
  parse: (source, _claim, { scope }) => {
    const facts: Fact[] = [];
    for (const { 0: line, 1: run, 2: name = '', 3: rest = '', index } of source.text.matchAll(
      /^(run )?([^:\n]+):(.*)$/gm,
    )) {
      const [namespace, what] = run ? ['flow.job', 'job'] : ['flow.thing', 'thing'];
      const by = { namespace, scope, name };
      const span = { start: index, end: index + line.length };
      facts.push({ fact: 'definition', ...by, span, what });
      for (const used of rest.split(' ').filter((word) => word !== ''))
        facts.push({ fact: 'use', namespaces: ['flow.thing'], scope, name: used, span, role: 'plain', by });
    }
    return { model: undefined, problems: [], facts };
  },
  steps: (project): readonly Step[] => [
    {
      id: 'flow:all',
      title: 'All of it',
      detail: '',
      system: 'flow',
      project: project.root,
      kind: 'pipeline',
      work: {
        kind: 'pipeline',
        steps: [
          { id: 'first', step: 'flow:gone', needs: [] },
          { id: 'second', step: 'flow:all', needs: ['first'] },
        ],
      },
    },
  ],
});

async function graph(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    cwd: workspace.folder,
  };
  const status = await main(['graph', ...args], { systems: [flow], version: '0', io });
  return { status, out, err };
}

const things = 'a:\nb: a\nc: b\nd: b\nrun nightly: b\n';

test('without an option the graph is a tree of what leads to what', async () => {
  workspace.write('things.txt', things);
  const { status, out } = await graph();
  expect(status).toBe(0);
  const lines = [
    '  things',
    '    a → b',
    '    b → c, d, nightly',
    '    c',
    '    d',
    '  work/jobs',
    '    nightly',
  ];
  expect(out.split('\n').slice(1)).toEqual([...lines, '', '5 nodes, 4 edges', '']);
  expect(out).toMatch(/^Flow · /);
});

test('a part is named by where it begins, ends or lies, and by system', async () => {
  workspace.write('things.txt', things);
  const names = async (...args: readonly string[]): Promise<string> => {
    const json = JSON.parse((await graph('--format', 'json', ...args)).out) as GraphJson;
    return json.nodes.map(({ name }) => name).join(' ');
  };
  expect(await names('--from', 'b')).toBe('b c d nightly');
  expect(await names('--to', 'c')).toBe('a b c');
  expect(await names('--from', 'a', '--to', 'd')).toBe('a b d');
  expect(await names('--around', 'a')).toBe('a b');
  expect(await names('--around', 'a', '--depth', '2')).toBe('a b c d nightly');
  expect(await names('--from', 'a', '--depth', '0')).toBe('a');
  expect(await names('--from', 'c', '--from', 'd')).toBe('c d');
  expect(await names('--system', 'flow')).toBe('a b c d nightly');
});

test('what is not there is said, with what was meant', async () => {
  workspace.write('things.txt', 'orders:\n');
  expect(await graph('--around', 'order')).toMatchObject({
    status: 2,
    err: 'penstock: nothing is named `order`; did you mean `orders`?\n',
  });
  expect((await graph('--system', 'flaw')).err).toContain('there is no system `flaw`; there are `flow`');
  expect((await graph('--depth', 'all')).err).toContain('--depth takes a whole number');
  expect((await graph('--format', 'png')).err).toContain('use text, json, mermaid, dot');
  expect((await graph('flow:al')).err).toContain('did you mean `flow:all`?');
  workspace.write('things.txt', '');
  expect((await graph()).out).toBe('Nothing was found here.\n');
});

test('a pipeline is told by its steps and what they wait for', async () => {
  workspace.write('things.txt', things);
  expect((await graph('flow:all')).out).toBe('  first → second\n  second\n\n2 nodes, 1 edge\n');
  const { nodes, edges } = JSON.parse((await graph('flow:all', '--format', 'json')).out) as GraphJson;
  expect(nodes).toMatchObject([
    { id: 'first', kind: 'step', step: 'flow:gone', systems: [] },
    { id: 'second', kind: 'pipeline', step: 'flow:all', systems: ['flow'] },
  ]);
  expect(edges).toEqual([{ from: 'first', to: 'second', flow: 'work' }]);
});

/** The log of a run of `flow:all`, in which `b` failed and the second step never began. */
function writeRun(minute: number, message: string): void {
  const start = Date.parse(`2026-11-23T08:${minute}:00.000Z`);
  const run = runIdFor(start);
  const head = { title: 'S', system: 'flow', needs: [] };
  const steps = [
    { ...head, id: 'flow:all/first', step: 'flow:all' },
    { ...head, id: 'flow:all/second', step: 'flow:gone' },
  ];
  const [step, pid, folder] = ['flow:all/first', 1, workspace.folder];
  const bodies: RunEventBody[] = [
    { type: 'run-started', format: 1, requested: ['flow:all'], title: 'All', steps, pid, folder },
    { type: 'step-started', step, command: ['flow'], cwd: folder, pid },
    { type: 'node-started', step, node: 'x.b', title: 'b', what: 'thing' },
    { type: 'node-ended', step, node: 'x.b', status: 'failed', durationMs: 5, message },
    { type: 'step-ended', step, status: 'failed', durationMs: 6 },
    { type: 'step-ended', step: 'flow:all/second', status: 'skipped', durationMs: 0 },
    { type: 'run-ended', status: 'failed', durationMs: 9 },
  ];
  const file = logFile(folder, run);
  mkdirSync(dirname(file), { recursive: true });
  const lines = bodies.map((body, seq) =>
    JSON.stringify({ seq, at: new Date(start + seq).toISOString(), run, ...body }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
}

test('the JSON tells how things went when they last ran', async () => {
  workspace.write('things.txt', things);
  const runs = async (...args: readonly string[]): Promise<readonly unknown[]> => {
    const json = JSON.parse((await graph('--format', 'json', ...args)).out) as GraphJson;
    return json.nodes.flatMap(({ name, run }) => (run ? [[name, run]] : []));
  };
  expect(await runs()).toEqual([]);
  writeRun(20, 'no such column');
  writeRun(10, 'older');
  const failed = { status: 'failed', step: 'flow:all' };
  expect(await runs()).toEqual([
    ['b', { ...failed, startedAt: '2026-11-23T08:20:00.002Z', message: 'no such column' }],
  ]);
  expect(await runs('flow:all')).toEqual([
    ['first', { ...failed, startedAt: '2026-11-23T08:20:00.001Z' }],
    ['second', { status: 'skipped', step: 'flow:gone' }],
  ]);
  for (const format of ['mermaid', 'dot']) {
    expect((await graph('--format', format)).out).not.toContain('failed');
    expect((await graph('--format', format, '--states')).out).not.toContain('no such column');
  }
  const { out: mermaid } = await graph('--format', 'mermaid', '--states');
  const box = /(n\d+)\["b"\]/.exec(mermaid)![1]!;
  expect(mermaid).toContain(
    `  classDef failed fill:#f9d6d5,stroke:#b3261e,color:#1b1b1f\n  class ${box} failed\n`,
  );
  const { out: dot } = await graph('--format', 'dot', '--states');
  expect(dot).toMatch(/label="b", tooltip="\w+, failed", style=filled, fillcolor="#f9d6d5"/);
  expect((await graph('flow:all', '--format', 'mermaid', '--states')).out).toContain('  class n1 skipped\n');
});

test('the JSON is what its schema promises', async () => {
  workspace.write('things.txt', things);
  mkdirSync(workspace.path('other'));
  workspace.write('other/things.txt', 'a:\n');
  writeRun(20, 'no such column');
  const schema = JSON.parse(readFileSync('docs/graph.schema.json', 'utf8')) as object;
  const isValid = new Ajv2020({ allErrors: true }).compile(schema);
  for (const args of [[], ['flow:all']]) {
    const json = JSON.parse((await graph('--format', 'json', ...args)).out) as GraphJson;
    expect(isValid(json), JSON.stringify(isValid.errors)).toBe(true);
  }
  const { nodes } = JSON.parse((await graph('--format', 'json')).out) as GraphJson;
  expect(nodes.filter(({ name }) => name === 'a').map(({ id, file, line }) => [id, file, line])).toEqual([
    ['flow.thing:a@.', 'things.txt', 1],
    ['flow.thing:a@other', 'other/things.txt', 1],
  ]);
});

test('of a large platform the shelves are counted', () => {
  const nodes = Array.from({ length: 300 }, (_, at) => nodeOf(`n${at}`, { path: ['shop', 'models'] }));
  expect(graphText({ systems: [{ id: 'flow', title: 'Flow' }], nodes, edges: [] })).toBe(
    'Flow · shop\n  models: 300\n\n300 nodes, 0 edges\n`--around NAME`, `--from NAME` and `--to NAME` show a part.\n',
  );
});

function nodeOf(name: string, more: Partial<GraphNode> = {}): GraphNode {
  return { id: name, name, kind: 'thing', systems: ['flow'], path: ['shop'], ...more };
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\\',
      '#',
      ';',
      '<',
      '>',
      '&',
      '`',
      '\n',
      '-',
      '.',
      '1',
      ' ',
      '[',
      '%',
      '{',
      'ß',
    ),
    maxLength: 12,
  }),
  fc.constantFrom(
    'end',
    '1. first',
    '- item',
    '#quot;',
    '&lt;',
    '%%{init: {}}%%',
    '`**bold**`',
    '\\N',
    '*',
    '1.',
  ),
);

/** What Mermaid shows for a label: its own numbers become characters again. */
function shownByMermaid(label: string): string {
  return label.replace(/#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)));
}

test('whatever a name is, Mermaid gets it as plain text in one label', () => {
  fc.assert(
    fc.property(nasty, (name) => {
      const label = escapeMermaid(name);
      expect(shownByMermaid(label)).toBe(name === '' ? ' ' : name);
      // Nothing is left that ends a label, begins Markdown, HTML or a directive, or is read as a list.
      expect(label.replace(/#\d+;/g, '')).toMatch(/^[\p{L}\p{M}\p{N} _./:→·-]*$/u);
      expect(label).not.toMatch(/^(\d+[.)]|[-+*])(\s|$)/);
    }),
  );
});

test('a Mermaid chart has a line for every box and every arrow, whatever they are called', () => {
  fc.assert(
    fc.property(fc.uniqueArray(nasty, { minLength: 2, maxLength: 6 }), (names) => {
      const chart = graphMermaid(chain(names));
      const lines = chart.trimEnd().split('\n');
      expect(lines).toHaveLength(1 + names.length + 2 + names.length - 1);
      for (const line of lines)
        expect(line).toMatch(
          /^(flowchart LR|  subgraph g\d+\["[^"]*"\]|    n\d+\["[^"]*"\]|  end|  n\d+ (-->|-\.->) n\d+)$/,
        );
    }),
  );
});

function chain(names: readonly string[]): GraphJson {
  return {
    systems: [{ id: 'flow', title: 'Flow' }],
    nodes: names.map((name) => nodeOf(name)),
    edges: names.slice(1).map((to, at) => ({ from: names[at]!, to, flow: at % 2 === 0 ? 'data' : 'work' })),
  };
}

test('whatever a name is, it is one quoted string of DOT', () => {
  fc.assert(
    fc.property(nasty, (name) => {
      const quoted = quoteDot(name);
      expect(quoted).toMatch(/^"(?:[^"\\\p{Cc}]|\\\\|\\")*"$/u);
      const shown = quoted.slice(1, -1).replace(/\\(.)/g, '$1').replaceAll('&amp;', '&');
      expect(shown).toBe(name.replace(/[\p{Cc}]+/gu, ' '));
    }),
  );
});

test('Graphviz reads every graph and shows the names as they are', async () => {
  const names = [
    'plain',
    'a"b',
    'back\\slash',
    '\\N',
    '&lt;',
    '<b>',
    'end',
    'two\nlines',
    '{|}',
    '#1;',
    'ß→·',
  ];
  const graphviz = await Graphviz.load();
  const svg = graphviz.dot(graphDot(chain(names)));
  const shown = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => decodeXml(text!));
  expect(shown.slice(1)).toEqual(names.map((name) => name.replace('\n', ' ')));
});

function decodeXml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_whole, code: string | undefined, name: string) =>
    code === undefined ? (named[name] ?? `&${name};`) : String.fromCodePoint(Number(code)),
  );
}
