import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { FactIndex } from '../../core/fact-index.ts';
import { compose } from '../compose/index.ts';
import { meltano } from '../meltano/index.ts';
import { openPlan } from './fixtures/open-plan.ts';
import { plan } from './index.ts';

test('reads the versions that lines state of what is there', () => {
  const { model, source } = openPlan(
    '# Tasks\n| Component | Status |\n|--|--|\n| PostgreSQL 16 | âœ… Operational |\n| Kafka 3.7 | 📋 Planned |\n\n- ✅ **Meltano 3.4.0** and dbt 1.9\n- ✅ Upgrade from Redis 6\n- ✅ dbt 40 models\n- ✅ Redis 80% faster\n',
  );
  expect(model.plan.facts.map(({ subject, value, span }) => [subject, value, source.slice(span)])).toEqual([
    ['postgresql', '16', '16'],
    ['meltano', '3.4.0', '3.4.0'],
    ['dbt', '1.9', '1.9'],
  ]);
});

const claim = '# Tasks\n- ✅ **PostgreSQL 16**: operational\n- ✅ Redis 7.2 running\n- ✅ Meltano 3.4.0\n';

/** The findings of the plan beside a compose file. */
async function beside(services: string): Promise<readonly string[]> {
  const { platform } = await openFixture([plan, compose], {
    '/w/tasks.md': claim,
    '/w/compose.yaml': `services:\n${services}`,
  });
  return platform.findings('/w/tasks.md').map(({ message, fixes }) => `${message} [${fixes![0]!.title}]`);
}

test('holds stated versions beside the images of services', async () => {
  expect(
    await beside(
      '  db: { image: "docker.io/library/postgres:15.4-alpine" }\n  cache: { image: "redis:7" }\n',
    ),
  ).toEqual(['the plan says 16, the service `db` is 15.4; correct one of them [Write 15]']);
});

test.each([
  ['the same version', '  db: { image: "postgres:16.1" }\n'],
  ['two versions', '  a: { image: "postgres:15" }\n  b: { image: "postgres:14" }\n'],
  ['no version', '  db: { image: postgres }\n'],
  ['a version that a variable decides', '  db: { image: "postgres:${V}" }\n'],
])('says nothing of %s', async (_name, services) => {
  expect(await beside(services)).toEqual([]);
});

test('holds a stated version beside that of the tool in force, as it changes', async () => {
  const texts = { '/w/tasks.md': claim, '/w/meltano.yml': 'version: 1\n' };
  const { platform } = await openFixture([plan, meltano], texts, ['/w'], {
    version: '4.4.1',
    source: 'from .venv',
  });
  expect(platform.findings('/w/tasks.md').map(({ message }) => message)).toEqual([
    'the plan says 3.4.0, meltano from .venv is 4.4.1; correct one of them',
  ]);
});

test('reads versions of components from a column of their own', () => {
  const table = (head: string, ...rows: readonly string[]): string =>
    `| ${head} |\n${'|--'.repeat(head.split('|').length)}|\n${rows.map((row) => `| ${row} |\n`).join('')}\n`;
  const text = [
    '# Tasks\n- [ ] a\n- [ ] b\n\n## Components\n',
    table(
      'Component | Version',
      '**PostgreSQL** | `16.1`',
      'Apache Kafka | v3.7',
      'Redis | latest',
      'Our API | 2.0',
    ),
    table(
      'Tool | Status | Current version',
      'Meltano | ✅ Operational | 3.4.0',
      'dbt Core | 📋 Planned | 1.11',
    ),
    table('Component | Target version', 'Grafana | 11'),
    '## Upgrade targets\n',
    table('Component | Version', 'Metabase | 0.50'),
  ].join('');
  const { model, source } = openPlan(text);
  expect(model.plan.facts.map(({ subject, span }) => [subject, source.slice(span)])).toEqual([
    ['postgresql', '16.1'],
    ['kafka', '3.7'],
    ['meltano', '3.4.0'],
  ]);
});

test('holds the version of a component’s row beside its image', async () => {
  const { platform } = await openFixture([plan, compose], {
    '/w/tasks.md': '# Tasks\n- [ ] a\n- [ ] b\n\n| Component | Version |\n|--|--|\n| PostgreSQL | 16 |\n',
    '/w/compose.yaml': 'services:\n  db: { image: "postgres:15" }\n',
  });
  expect(platform.findings('/w/tasks.md').map(({ message, fixes }) => [message, fixes![0]!.title])).toEqual([
    ['the plan says 16, the service `db` is 15; correct one of them', 'Write 15'],
  ]);
});

test('leads from a dependency to its item, and from a path to its file', () => {
  const text =
    '# Tasks\n| Task | Status | Dependencies |\n|--|--|--|\n| Step 1: Load | Open | |\n| Step 2: Model | Open | Wishes, Step 1 completion |\n\nReference: **docs/x.md**\n';
  const file = openPlan(text);
  const facts = new FactIndex();
  facts.add('/w/tasks.md', file.facts);
  const found = plan.define!(file, text.indexOf('1 completion'), facts);
  expect(file.source.slice(found!.origin)).toBe('Step 1 completion');
  expect(found!.targets.map(({ span }) => file.source.slice(span))).toEqual(['Step 1: Load']);
  expect(plan.define!(file, text.indexOf('Wishes') + 1, facts)).toBeUndefined();
  expect(plan.links!(file, facts)).toEqual([
    { span: { start: text.indexOf('docs/x'), end: text.indexOf('**\n') }, target: '/w/docs/x.md' },
  ]);
});
