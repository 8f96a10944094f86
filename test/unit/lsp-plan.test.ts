import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanEdit } from '../../server/src/core/plan-edit.ts';
import { ToldPlans } from '../../extension/src/plan/told-plans.ts';
import {
  editPlanRequest,
  planChangesRequest,
  type EditPlanAnswer,
  type EditPlanParams,
  type PlanChanges,
  type PlanChangesParams,
} from '../../server/src/protocol/plan-requests.ts';
import {
  changedNotification,
  planRequest,
  type ChangedParams,
  type PlanAnswer,
} from '../../server/src/protocol/requests.ts';
import { plan } from '../../server/src/systems/plan/index.ts';
import { startTestClient, until, type TestClient } from '../support/test-client.ts';

const tasks = '# Tasks\n\n| Task | Status |\n|--|--|\n| a | Todo |\n| b | Done |\n';

function start(files: Readonly<Record<string, string>>): Promise<TestClient> {
  return startTestClient({ systems: [plan], files });
}

function ask(client: TestClient, name: string, ...edits: PlanEdit[]): Promise<EditPlanAnswer> {
  const params: EditPlanParams = { uri: client.uri(name), edits };
  return client.connection.sendRequest(editPlanRequest, params);
}

test('edits a plan as it is in the editor, and tells for which version', async () => {
  const client = await start({ 'tasks.md': tasks });
  await client.open('tasks.md', tasks);
  await client.change('tasks.md', `# Tasks\n\nSome text.\n${tasks.slice(8)}`);
  expect(await ask(client, 'tasks.md', { kind: 'status', item: 'tasks/a', status: 'done' })).toEqual({
    kind: 'edits',
    documents: [
      {
        uri: client.uri('tasks.md'),
        version: 2,
        edits: [
          { range: { start: { line: 6, character: 6 }, end: { line: 6, character: 10 } }, newText: 'Done' },
        ],
      },
    ],
  });
});

test('tells of which version of a document the lines of its tasks are', async () => {
  const client = await start({ 'tasks.md': tasks });
  const lines = async () => {
    const plans = await client.connection.sendRequest<readonly PlanAnswer[]>(planRequest);
    return plans.map(({ version, items }) => [version, items.map(({ line }) => line)]);
  };
  expect(await lines()).toEqual([[null, [4, 5]]]);
  await client.open('tasks.md', tasks);
  await client.change('tasks.md', `# Tasks\n\nSome text.\n${tasks.slice(8)}`);
  expect(await lines()).toEqual([[2, [6, 7]]]);
});

test('tells that a plan changed before it tells of all else that may have', async () => {
  const client = await start({ 'tasks.md': tasks });
  await client.open('tasks.md', tasks);
  const told = (): readonly ChangedParams[] =>
    client.notifications.flatMap(({ method, params }) =>
      method === changedNotification ? [params as ChangedParams] : [],
    );
  await until(() => told().find(({ systems }) => systems));
  const before = told().length;
  await client.change('tasks.md', tasks.replace('Todo', 'Done'));
  await until(() =>
    told()
      .slice(before)
      .find(({ systems }) => systems),
  );
  const [first, last] = [told()[before], told().at(-1)];
  expect(first).toEqual({ plan: true, systems: false, steps: false });
  expect(last).toMatchObject({ plan: false, systems: true });
});

test('tells of the tasks of a plan once, then of what became of them', async () => {
  const client = await start({ 'tasks.md': tasks });
  const told = new ToldPlans();
  const come = async (): Promise<unknown> => {
    const params: PlanChangesParams = { since: told.revision };
    const changes = await client.connection.sendRequest<PlanChanges>(planChangesRequest, params);
    told.take(changes);
    expect(told.plans).toEqual(await client.connection.sendRequest<readonly PlanAnswer[]>(planRequest));
    return changes.plans.map(({ items }) => items.come.map(({ title }) => title));
  };
  expect(await come()).toEqual([['a', 'b']]);
  await client.open('tasks.md', tasks);
  await client.change('tasks.md', tasks.replace('| b', '| bc'));
  expect(await come()).toEqual([['a', 'bc']]);
  await client.change('tasks.md', tasks.replace('| b', '| bcd'));
  expect(await come()).toEqual([['bcd']]);
  await client.change('tasks.md', tasks.replace('| b', '| c | Todo |\n| bcd'));
  expect(await come()).toEqual([['c', 'bcd']]);
  await client.change('tasks.md', tasks.replace('| b', '| bcd'));
  expect(await come()).toEqual([['bcd']]);
  await client.change('tasks.md', tasks.replace('| b', '| bcd').replace('| T', 'Text.\n\n| T'));
  expect(await come()).toEqual([[]]);
  await client.change('tasks.md', tasks.replace('| b', '| bcd'));
  expect(await come()).toEqual([[]]);
  expect(await come()).toEqual([[]]);
  told.revision = 1;
  expect(await come()).toEqual([['a', 'bcd']]);
});

const shipping = '| Task | Status | Needs |\n|--|--|--|\n| Pack | Todo | |\n| Ship | Todo | Pack |\n';

test('tells of a group that is called otherwise by its name alone, also where other tasks wait for its own', async () => {
  const client = await start({
    'tasks.md': '',
    'more.md': `# More tasks\n\n${shipping.replace('Pack', 'Send')}`,
  });
  const told = new ToldPlans();
  const take = async (text: string): Promise<PlanChanges> => {
    await client.change('tasks.md', text);
    const changes: PlanChanges = await client.connection.sendRequest(planChangesRequest, {
      since: told.revision,
    });
    told.take(changes);
    expect(told.plans).toEqual(await client.connection.sendRequest<readonly PlanAnswer[]>(planRequest));
    return changes;
  };
  const text = (title: string): string =>
    `# Tasks\n\n## ${title}\n\n${shipping}\n## Rest\n\n${shipping.replace('Ship', 'Bill')}`;
  await client.open('tasks.md', '');
  await take(text('Shop'));
  const { plans, groups } = await take(text('Shops'));
  expect(plans.map(({ items }) => items.come)).toEqual([[], []]);
  expect(groups?.map(({ title }) => title).sort()).toEqual(['More tasks', 'Rest', 'Shops']);
  expect((await take(text('Shops').replace('Ship', 'Skip'))).groups).toBeUndefined();
});

test('whatever becomes of plans, who is told of the changes knows what is told to who asks for all', async () => {
  const client = await start({ 'tasks.md': '', 'docs/tasks.md': '' });
  const told = new ToldPlans();
  const entry = fc.record({
    isPart: fc.boolean(),
    // Bold letters say the same and take more room.
    title: fc.constantFrom<string>('Load', '**Load**', 'Test', 'Ship', 'Load the rest'),
    done: fc.constantFrom(' ', ' ', 'x'),
  });
  const group = fc.record({
    title: fc.constantFrom('One', 'Two', 'Three', 'one!', 'Load'),
    entries: fc.array(entry, { minLength: 1, maxLength: 4 }),
    needs: fc.constantFrom('Load', 'Ship', 'One', 'Previous steps'),
    isTable: fc.boolean(),
  });
  type Group = typeof group extends fc.Arbitrary<infer T> ? T : never;
  const textOf = ({ title, entries, needs, isTable }: Group): string => {
    const [head, lines] = isTable
      ? [
          '| Task | Status | Needs |\n|--|--|--|\n',
          entries.map((each) => `| ${each.title} | [${each.done}] | ${each.isPart ? needs : ''} |\n`),
        ]
      : ['Tasks:\n', entries.map((each) => `${each.isPart ? '  ' : ''}- [${each.done}] ${each.title}\n`)];
    return `## ${title}\n\n${head}${lines.join('')}`;
  };
  const change = fc.record({
    name: fc.constantFrom('tasks.md', 'docs/tasks.md'),
    kind: fc.constantFrom('title', 'title', 'swap', 'swap', 'bold', 'other', 'gone', 'come'),
    at: fc.nat(9),
    group,
  });
  const changed = (
    groups: readonly Group[],
    { kind, at: by, group: next }: typeof change extends fc.Arbitrary<infer T> ? T : never,
  ): readonly Group[] => {
    const at = by % (groups.length + 1);
    const was = groups[at];
    if (kind === 'gone') return groups.toSpliced(at, 1);
    if (kind === 'come' || !was) return groups.toSpliced(at, 0, next);
    if (kind === 'title') return groups.with(at, { ...was, title: next.title });
    if (kind === 'bold') {
      const entries = was.entries.map((each) => ({
        ...each,
        title: `**${each.title.replaceAll('*', '')}**`,
      }));
      return groups.with(at, { ...was, entries });
    }
    if (kind === 'other') return groups.with(at, next);
    return groups.with(at, { ...was, title: groups[0]!.title }).with(0, { ...groups[0]!, title: was.title });
  };
  await client.open('tasks.md', '');
  await client.open('docs/tasks.md', '');
  const groups = new Map<string, readonly Group[]>();
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 8 }), async (changes) => {
      for (const each of changes) {
        const now = changed(groups.get(each.name) ?? [], each).slice(0, 5);
        groups.set(each.name, now);
        await client.change(each.name, `# Tasks\n\n${now.map(textOf).join('\n')}`);
        told.take(await client.connection.sendRequest(planChangesRequest, { since: told.revision }));
        expect(told.plans).toEqual(await client.connection.sendRequest<readonly PlanAnswer[]>(planRequest));
      }
    }),
    // What one run leaves the next one goes on from, so that a shorter one would tell nothing.
    {
      seed: Number(process.env['SEED'] ?? 20_261_130),
      numRuns: Number(process.env['RUNS'] ?? 60),
      endOnFailure: true,
    },
  );
});

test('makes several changes as one, or none of them', async () => {
  const client = await start({ 'tasks.md': tasks });
  const move = { kind: 'move', item: 'tasks/b', place: { kind: 'before', item: 'tasks/a' } } as const;
  const mark = { kind: 'status', item: 'tasks/a', status: 'in-progress' } as const;
  expect(await ask(client, 'tasks.md', move, mark)).toEqual({
    kind: 'edits',
    documents: [
      {
        uri: client.uri('tasks.md'),
        version: null,
        edits: [
          {
            range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } },
            newText: '| b | Done |\n',
          },
          {
            range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } },
            newText: '| a | In Progress |\n',
          },
        ],
      },
    ],
  });
  expect(await ask(client, 'tasks.md', mark, { kind: 'remove', item: 'tasks/gone' })).toEqual({
    kind: 'refused',
    message: 'the task `tasks/gone` is no longer in the document; look at the plan anew',
  });
});

test('never cuts a symbol in two', async () => {
  const client = await start({
    'tasks.md': tasks.replace('Todo', '📋 Planned').replace('Done', '🚫 Blocked'),
  });
  const answer = await ask(
    client,
    'tasks.md',
    { kind: 'status', item: 'tasks/a', status: 'blocked' },
    { kind: 'status', item: 'tasks/b', status: 'planned' },
  );
  if (answer.kind !== 'edits') throw new Error(answer.message);
  expect(answer.documents[0]!.edits.map(({ newText }) => newText)).toEqual([
    '| a | 🚫 Blocked |\n',
    '| b | 📋 Planned |\n',
  ]);
});

test('a finished task goes to the document of the finished ones', async () => {
  const client = await start({
    'docs/tasks.md': tasks,
    'docs/completed-tasks.md': tasks.replace('Tasks', 'Log'),
  });
  const answer = await ask(client, 'docs/tasks.md', {
    kind: 'complete',
    item: 'tasks/a',
    date: '2026-11-29',
  });
  if (answer.kind !== 'edits') throw new Error(answer.message);
  expect(answer.documents.map(({ uri, edits }) => [uri, edits])).toEqual([
    [
      client.uri('docs/completed-tasks.md'),
      [
        {
          range: { start: { line: 5, character: 12 }, end: { line: 5, character: 12 } },
          newText: '\n| a | Done (2026-11-29) |',
        },
      ],
    ],
    [
      client.uri('docs/tasks.md'),
      [{ range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } }, newText: '' }],
    ],
  ]);
});
