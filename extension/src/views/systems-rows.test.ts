import { expect, test } from 'vitest';
import type { StepAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';
import type { Row } from './row.ts';
import { below, flatten, outline } from './test-support/rows.ts';
import { kindTitle, systemRows } from './systems-rows.ts';

const project = 'file:///w/shop';

const system: SystemAnswer = {
  id: 'tool',
  title: 'Tool',
  icon: 'tools',
  projects: [
    {
      name: 'shop',
      uri: project,
      openUri: `${project}/tool.yml`,
      version: '1.2.3',
      versionSource: 'from .venv',
      findings: { error: 2, warning: 1, information: 0, hint: 5 },
      files: 12,
      silent: ['packages are not installed'],
    },
  ],
};

function step(id: string, kind: string, file?: string): StepAnswer {
  const place =
    file === undefined
      ? {}
      : {
          uri: `${project}/${file}`,
          range: { start: { line: 4, character: 0 }, end: { line: 4, character: 3 } },
        };
  return {
    id,
    title: id,
    detail: 'd',
    system: 'tool',
    systemTitle: 'Tool',
    icon: 'tools',
    kind,
    projectUri: project,
    folderUri: 'file:///w',
    ...place,
  };
}

const steps = [
  step('tool:model/a', 'model', 'models/staging/a.sql'),
  step('tool:model/b', 'model', 'models/marts/core/b.sql'),
  step('tool:build', 'command'),
  step('tool:job/load', 'job', 'tool.yml'),
  { ...step('tool:build', 'command'), projectUri: 'file:///w/elsewhere' },
];

test('jobs and pipelines stand open, all other kinds of steps closed', () => {
  const kinds = flatten(systemRows([system], steps)).filter(({ context }) => context === 'stepKind');
  expect(kinds.map(({ label, expanded }) => [label, expanded])).toEqual([
    ['Jobs', true],
    ['Commands', false],
    ['Models', false],
  ]);
});

test('shows a system, its project with version and findings, and the steps by kind, models by folder', () => {
  expect(outline(systemRows([system], steps))).toEqual([
    'Tool | 2 errors, 1 warning',
    '  shop | 1.2.3 · 2 errors, 1 warning',
    '    Jobs | 1',
    '      load | d',
    '    Commands | 1',
    '      tool:build | tool:build',
    '    Models | 2',
    '      models/marts/core | 1',
    '        b | d',
    '      models/staging | 1',
    '        a | d',
    '    Not Checked Here | 1',
    '      packages are not installed',
  ]);
});

test('a step opens its definition, and says by its context whether it has one', () => {
  const find = (rows: readonly Row[], label: string): Row | undefined =>
    flatten(rows).find((row) => row.label === label);
  const rows = systemRows([system], steps);
  expect(find(rows, 'load')).toMatchObject({
    context: 'stepWithFile',
    open: { kind: 'file', uri: `${project}/tool.yml`, line: 4 },
  });
  expect(find(rows, 'a')).toMatchObject({ context: 'stepWithLineage' });
  expect(find(rows, 'tool:build')).toMatchObject({ context: 'step' });
  expect(find(rows, 'tool:build')?.open).toBeUndefined();
});

test('the tooltip says where the version comes from and why names are not checked', () => {
  const [row] = below(systemRows([system], [])[0]);
  expect(row?.tooltip).toContain('Version 1\\.2\\.3 (from \\.venv)');
  expect(row?.tooltip).toContain('Not checked: packages are not installed');
});

test('leaves out a system without a project, and says when nothing is wrong', () => {
  expect(systemRows([{ ...system, projects: [] }], steps)).toEqual([]);
  const clean = { ...system.projects[0]!, findings: { error: 0, warning: 0, information: 0, hint: 3 } };
  expect(systemRows([{ ...system, projects: [clean] }], [])[0]?.description).toBe('no findings');
});

test('has a heading for kinds it has never heard of', () => {
  expect([kindTitle('job'), kindTitle('checkpoint'), kindTitle('dags')]).toEqual([
    'Jobs',
    'Checkpoints',
    'Dags',
  ]);
});
