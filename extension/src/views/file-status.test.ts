import { expect, test } from 'vitest';
import type { ProjectAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';
import { fileStatus } from './file-status.ts';

function system(title: string, uri: string, more: Partial<ProjectAnswer> = {}): SystemAnswer {
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  const project = { name: 'p', uri, openUri: `${uri}/marker.yml`, findings, files: 1, silent: [], ...more };
  return { id: title, title, icon: 'x', projects: [project] };
}

test('names the tool, its version and where that was learnt', () => {
  const systems = [
    system('Tool', 'file:///w', { version: '1.2', versionSource: 'from .venv', silent: ['no lock'] }),
  ];
  expect(fileStatus(systems, 'file:///w/a/b.yml')).toEqual({
    text: 'Tool 1.2',
    detail: 'p · from .venv · not checked: no lock',
  });
});

test('the innermost project counts, whatever the order', () => {
  const systems = [system('Inner', 'file:///w/dbt'), system('Outer', 'file:///w')];
  for (const given of [systems, systems.toReversed()]) {
    expect(fileStatus(given, 'file:///w/dbt/m.sql')?.text).toBe('Inner version not known');
    expect(fileStatus(given, 'file:///w/dbt-notes.md')?.text).toBe('Outer version not known');
  }
});

test('a file outside every project says nothing, nor does a project without a marker', () => {
  expect(fileStatus([system('Tool', 'file:///w')], 'file:///elsewhere/a.yml')).toBeUndefined();
  expect(
    fileStatus([system('Plan', 'file:///w', { openUri: 'file:///w' })], 'file:///w/a.yml'),
  ).toBeUndefined();
});
