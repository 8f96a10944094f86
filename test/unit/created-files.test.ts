import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestText } from '../../extension/src/commands/manifest-text.ts';
import { planTemplate } from '../../extension/src/commands/plan-template.ts';
import type { ReadinessAnswer } from '../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer, StepAnswer, SystemAnswer } from '../../server/src/protocol/requests.ts';
import { systems } from '../../server/src/systems/index.ts';
import { startTestClient, type TestClient } from '../support/test-client.ts';

function start(files: Readonly<Record<string, string>>): Promise<TestClient> {
  return startTestClient({
    systems,
    files,
    capabilities: { textDocument: { diagnostic: {} } },
  });
}

async function findings(client: TestClient, name: string, text: string): Promise<readonly string[]> {
  await client.open(name, text);
  const report = await client.connection.sendRequest<{ items: { message: string }[] }>(
    'textDocument/diagnostic',
    { textDocument: { uri: client.uri(name) } },
  );
  return report.items.map(({ message }) => message);
}

const example = 'examples/platform';

/** The texts of the example's configuration, without what it keeps for itself. */
function platform(): Record<string, string> {
  const names = readdirSync(example, { recursive: true, encoding: 'utf8' });
  const wanted = names.filter(
    (name) => /\.(yml|yaml|sql|md|csv)$/.test(name) && !/(^|\/)(\.|plugins|target|dbt_packages)/.test(name),
  );
  return Object.fromEntries(wanted.map((name) => [name, readFileSync(join(example, name), 'utf8')]));
}

test('penstock.yaml that is made of what is here is valid, and its checks answer', async () => {
  const { 'penstock.yaml': _own, ...files } = platform();
  const client = await start(files);
  const ask = <T>(request: string): Promise<T> => client.connection.sendRequest<T>(`penstock/${request}`);
  const [plans, steps, found] = await Promise.all([
    ask<readonly PlanAnswer[]>('plan'),
    ask<readonly StepAnswer[]>('steps'),
    ask<readonly SystemAnswer[]>('systems'),
  ]);
  const text = manifestText({
    plans: plans.map(({ uri, readiness }) => ({
      path: uri.slice(client.uri('').replace(/\/$/, '').length + 1),
      readiness,
    })),
    steps,
    systems: found,
  });
  expect(await findings(client, 'penstock.yaml', text)).toEqual([]);
  expect(text).toContain('- meltano:job/load\n');
  client.write('penstock.yaml', text);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('penstock.yaml'), type: 1 }],
  });
  const { checks } = await ask<ReadinessAnswer>('readiness');
  const own = checks.filter(({ uri }) => uri !== undefined);
  expect(own.map(({ id }) => id)).toEqual(expect.arrayContaining(['dbt', 'meltano', 'daily']));
  expect(own.find(({ id }) => id === 'dbt')?.state).toBe('passed');
  expect(own.find(({ id }) => id === 'daily')?.categories).toEqual(['Operations']);
});

test('a plan to begin with is read whole, and has no finding', async () => {
  const text = planTemplate(
    [
      { title: 'dbt', projects: [{} as SystemAnswer['projects'][number]] },
      { title: 'Meltano', projects: [{} as SystemAnswer['projects'][number]] },
      { title: 'Nobody', projects: [] },
    ],
    '2026-11-29',
  );
  const client = await start({});
  expect(await findings(client, 'PLAN.md', text)).toEqual([]);
  const [plan] = await client.connection.sendRequest<readonly PlanAnswer[]>('penstock/plan');
  expect(plan?.items.filter(({ next }) => next).map(({ title }) => title)).toEqual(['Load the first source']);
  expect(plan?.criteria.map(({ text: said }) => said)[0]).toContain('dbt and Meltano');
  expect(plan?.risks).toHaveLength(1);
  expect(plan?.readiness.map(({ category }) => category)).toEqual(['Data', 'Operations']);
});
