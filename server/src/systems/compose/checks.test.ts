import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { judgeService } from './checks.ts';
import { compose } from './index.ts';

const output = (stdout: string, exitCode = 0, stderr = '') => ({ exitCode, stdout, stderr });
/** What `docker compose ps --format json` prints of a container, cut down to what is read. */
const container = (state: string, health = '', code = 0): string =>
  JSON.stringify({ Service: 'db', State: state, Health: health, ExitCode: code });

test.each([
  [container('running'), 'passed', 'running'],
  [container('running', 'healthy'), 'passed', 'running, healthy'],
  [`${container('running')}\n${container('running')}\n`, 'passed', 'running'],
  [`[${container('running')}]`, 'passed', 'running'],
  [container('running', 'starting'), 'warning', 'running, starting'],
  [container('running', 'unhealthy'), 'failed', 'running, unhealthy'],
  [container('exited', '', 137), 'failed', 'exited with 137'],
  ['', 'failed', 'it was not started'],
  ['NAME STATE', 'unknown', 'Compose says something else than JSON'],
])('tells the state of a service from %s', (stdout, state, seen) => {
  expect(judgeService('db', output(stdout))).toMatchObject({ state, seen });
});

test('what others wait for to end may have ended, if it ended well', async () => {
  const { platform } = await openFixture([compose], {
    '/w/compose.yaml': `services:
  init: { image: app }
  web: { image: app, depends_on: { init: { condition: service_completed_successfully } } }
`,
  });
  const [project] = platform.projects();
  const checks = compose.checks!(project!, platform.facts);
  const judged = (id: string, stdout: string) => {
    const probe = checks.find((check) => check.id === id)?.probe;
    return probe?.kind === 'command' ? probe.judge?.(output(stdout)) : undefined;
  };
  expect(judged('compose:service/init', container('exited'))).toMatchObject({
    state: 'passed',
    expected: 'the service `init` ended well, or is running',
  });
  expect(judged('compose:service/init', container('exited', '', 1))).toMatchObject({ state: 'failed' });
  expect(judged('compose:service/web', container('exited'))).toMatchObject({ state: 'failed' });
});

test('says why Compose cannot tell', () => {
  const stderr = '\nCannot connect to the Docker daemon\nIs it running?\n';
  expect(judgeService('db', output('', 1, stderr))).toMatchObject({
    state: 'unknown',
    seen: 'Compose cannot tell: Cannot connect to the Docker daemon',
    next: 'start Docker, or mend what it says',
  });
});

test.each([
  "unknown flag: --all\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information\n",
  "unknown flag: --file\nSee 'docker --help'.\n\nUsage:  docker [OPTIONS] COMMAND\n",
  "docker: 'compose' is not a docker command.\nSee 'docker --help'\n",
  "docker: unknown command: docker compose\n\nRun 'docker --help' for more information\n",
])('says that the plugin is missing where Docker says %j', (stderr) => {
  expect(judgeService('db', output('', 125, stderr))).toMatchObject({
    state: 'unknown',
    seen: 'Docker is here without Compose: it does not know `docker compose`',
    next: 'install its Compose plugin: https://docs.docker.com/compose/install/',
  });
});

test('takes what Compose says of its own use for no missing plugin', () => {
  const stderr = 'unknown flag: --format\n\nUsage:  docker compose ps [OPTIONS] [SERVICE...]\n';
  expect(judgeService('db', output('', 1, stderr)).seen).toBe('Compose cannot tell: unknown flag: --format');
});

test('each service has a check, asked for in its folder', async () => {
  const { platform } = await openFixture([compose], {
    '/w/compose.yaml': 'services:\n  db: { image: postgres }\n',
    '/w/ops/docker-compose.monitoring.yml': 'services:\n  prometheus: { image: prom/prometheus }\n',
  });
  const [project] = platform.projects();
  const checks = compose.checks!(project!, platform.facts);
  expect(
    checks.map(({ id, probe }) => [id, probe.kind === 'command' && [probe.cwd, probe.words.join(' ')]]),
  ).toEqual([
    ['compose:service/db', ['/w', 'docker compose ps --all --format json db']],
    [
      'compose:service/prometheus',
      ['/w/ops', 'docker compose --file docker-compose.monitoring.yml ps --all --format json prometheus'],
    ],
  ]);
});
