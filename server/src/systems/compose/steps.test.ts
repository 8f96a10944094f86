import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Command, Reading, Step } from '../../core/step.ts';
import { penstock } from '../penstock/index.ts';
import { compose } from './index.ts';
import { interpretCompose } from './interpret.ts';

const text = `
services:
  redis:
    image: redis:8
  tools:
    image: example/tools:1
    profiles: [tools]
`;

const argsOf = (step: Step | undefined): readonly string[] => (step!.work as Command).args.slice(3);

test('all services, and each by itself', async () => {
  const { platform } = await openFixture([compose], { '/w/infra/compose.yaml': text });
  const steps = platform.steps();
  expect(steps.map(({ id, detail }) => [id, detail])).toEqual([
    ['compose:up', 'docker compose up: redis'],
    ['compose:down', 'docker compose down; volumes stay'],
    ['compose:up/redis', 'redis:8'],
    ['compose:up/tools', 'example/tools:1'],
  ]);
  expect(steps.map(argsOf)).toEqual([
    ['up', '--detach'],
    ['down'],
    ['up', '--detach', 'redis'],
    ['up', '--detach', 'tools'],
  ]);
  expect((steps[0]!.work as Command).cwd).toBe('/w/infra');
  const { path, span } = steps[2]!.location!;
  expect(platform.source(path)!.text.slice(span.start, span.end)).toBe('redis');
});

test('logs, restart and stop are known by name, and pipelines may name them', async () => {
  const pipeline = `
pipelines:
  up:
    steps:
      - step: compose:up/redis
      - step: compose:logs/redis
      - step: compose:stop/nobody
`;
  const { platform } = await openFixture([compose, penstock], {
    '/w/compose.yaml': text,
    '/w/penstock.yaml': pipeline,
  });
  const steps = compose.variants!.steps(platform.steps().find(({ id }) => id === 'compose:up/redis')!);
  expect(steps.map((step) => [step.id, argsOf(step)])).toEqual([
    ['compose:logs/redis', ['logs', '--no-color', '--tail', '500', 'redis']],
    ['compose:restart/redis', ['restart', 'redis']],
    ['compose:stop/redis', ['stop', 'redis']],
  ]);
  expect(platform.findings('/w/penstock.yaml').map(({ message }) => message)).toEqual([
    expect.stringContaining('compose:stop/nobody'),
  ]);
});

test('files of other names, which are started by hand, have no steps', async () => {
  const { platform } = await openFixture([compose], { '/w/compose.prod.yaml': text });
  expect(platform.steps()).toEqual([]);
});

test('a container is a node from its first word to its last', () => {
  const reader = interpretCompose();
  const read = (line: string): readonly Reading[] => reader.line('stderr', line);
  const lines = [
    ' Network shop_default  Created',
    ' Container shop-redis-1  Creating',
    ' Container shop-redis-1  Started',
    ' Container shop-kafka-1  Error response from daemon: port is already allocated',
  ];
  expect(lines.flatMap(read).map(({ kind, ...rest }) => [kind, 'status' in rest ? rest.status : ''])).toEqual(
    [
      ['text', ''],
      ['node-started', ''],
      ['text', ''],
      ['text', ''],
      ['node-ended', 'succeeded'],
      ['node-started', ''],
      ['text', ''],
      ['node-ended', 'failed'],
    ],
  );
});

test('services are started and their logs told as somebody says', async () => {
  const { platform } = await openFixture([compose], {
    '/w/compose.yaml': 'services:\n  db: { image: postgres }\n',
  });
  const around = { projects: platform.projects(), facts: platform.facts };
  const told = (name: string, given: Readonly<Record<string, string>>): readonly string[] => {
    const listed = platform.steps().find(({ id }) => id === platform.stepList.listedName(name))!;
    const step = listed.id === name ? listed : platform.stepList.variant(listed, name)!;
    const made = platform.stepList.withOptions(step, new Map(Object.entries(given)), around);
    return 'refused' in made || made.work.kind !== 'command' ? [] : made.work.args.slice(3);
  };
  expect(told('compose:up/db', { build: 'true', wait: 'false', pull: 'never' })).toEqual([
    'up',
    '--build',
    '--pull=never',
    '--detach',
    'db',
  ]);
  expect(told('compose:logs/db', { since: '10m' })).toContain('--since=10m');
  expect(told('compose:down', {})).toEqual(['down']);
});
