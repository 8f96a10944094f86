import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Step } from '../core/step.ts';
import { RunStore } from '../runs/run-store.ts';
import { Workspace } from '../runs/test-support/run-harness.ts';
import type { RunOptions } from './run.ts';

const driver = fileURLToPath(new URL('test-support/drive.ts', import.meta.url));
let workspace: Workspace;
beforeEach(() => {
  workspace = new Workspace();
});
afterEach(() => workspace.remove());

function run(steps: readonly Step[], options: Partial<RunOptions>): { status: number | null; said: string } {
  workspace.write('steps.json', JSON.stringify(steps));
  const argument = JSON.stringify({ steps: [], format: 'text', ...options });
  const { status, stdout, stderr } = spawnSync(process.execPath, [driver, argument], {
    cwd: workspace.folder,
    encoding: 'utf8',
    env: { ...process.env, GREETING: 'good day', PASS_WORDS: 'open sesame' },
  });
  return { status, said: stdout + stderr };
}

/** A pipeline that greets whom it is told, and fails while the file `bad` is there. */
function greeting(): readonly Step[] {
  const name = '${{ parameters.name }}';
  return [
    {
      ...workspace.pipeline('test:all', [
        { id: 'greet', step: 'test:greet', needs: [] },
        { id: 'leave', step: 'test:leave', needs: ['greet'] },
      ]),
      parameters: [{ name: 'name', type: 'string' }],
    },
    {
      ...workspace.sh('test:greet', '', {
        args: ['-c', 'echo "$WORDS, $0" | tee -a said', `you, ${name}`],
        env: { WORDS: '${GREETING}' },
        isTemplate: true,
      }),
      parameters: [{ name: 'name', type: 'string' }],
    },
    workspace.sh('test:leave', 'test ! -e bad'),
  ];
}

test('parameters are given by name, stand in the log, and are asked for where they are missing', async () => {
  const given = run(greeting(), { steps: ['test:all'], parameters: ['name=Ada = L'] });
  expect(given.status).toBe(0);
  expect(given.said).toContain('  name = Ada = L\n');
  expect(workspace.read('said')).toBe('good day, you, Ada = L\n');
  const [summary] = await new RunStore(workspace.folder).list();
  expect(summary).toMatchObject({ parameters: { name: 'Ada = L' } });
  for (const [parameters, why] of [
    [[], 'parameter `name` has no value; give it one: --param name=…'],
    [['nme=x'], 'there is no parameter `nme` here; did you mean `name`?'],
    [['name'], '`--param name` sets nothing; write it as NAME=VALUE'],
  ] as const) {
    const refused = run(greeting(), { steps: ['test:all'], parameters });
    expect(refused).toEqual({ status: 2, said: `penstock run: ${why}\n` });
  }
});

test('a run is resumed with its parameters, at the step that failed', async () => {
  workspace.write('bad', '');
  expect(run(greeting(), { steps: ['test:all'], parameters: ['name=Ada'] }).status).toBe(1);
  const [failed] = await new RunStore(workspace.folder).list();
  expect(run(greeting(), { steps: ['test:all'], resume: 'last' }).status).toBe(2);
  expect(run(greeting(), { resume: 'last', parameters: ['name=Bob'] })).toMatchObject({
    status: 2,
    said: `penstock run: parameter \`name\` stays as it was in run \`${failed!.id}\`; leave it out\n`,
  });
  rmSync(workspace.path('bad'));
  const resumed = run(greeting(), { resume: failed!.id });
  expect(resumed.status).toBe(0);
  expect(resumed.said).toContain(`skipped, because it succeeded in run ${failed!.id} already`);
  expect(workspace.read('said')).toBe('good day, you, Ada\n');
  expect(run(greeting(), { resume: 'last' })).toMatchObject({ status: 2 });
});

test('a run is done again from its start, also one that succeeded', async () => {
  const steps = greeting();
  expect(run(steps, { steps: ['test:all'], parameters: ['name=Ada'] }).status).toBe(0);
  expect(run(steps, { resume: 'last' }).said).toContain(
    'succeeded, so there is nothing left to do; run it again',
  );
  const again = run(steps, { rerun: 'last' });
  expect(again.status).toBe(0);
  expect(readFileSync(workspace.path('said'), 'utf8').trim().split('\n')).toHaveLength(2);
  expect(run(steps, { rerun: 'last', resume: 'last' }).said).toContain(
    'leave one of --resume and --rerun out',
  );
  expect(run(steps, { onlyFailed: true, steps: ['test:all'] }).said).toContain('name it with --resume');
  expect(run(steps, { rerun: 'last', steps: ['test:all'] }).said).toContain(
    'a rerun has the steps that it had',
  );
});

test('a parameter whose name says that it is secret is masked, and given anew to resume', async () => {
  const steps: readonly Step[] = [
    {
      ...workspace.sh('test:in', '', {
        args: ['-c', 'echo "with $0 and $OTHER"; false', '${{ parameters.api_token }}'],
        env: { OTHER: '${PASS_WORDS}', DB_PASSWORD: '${PASS_WORDS}' },
        isTemplate: true,
      }),
      parameters: [{ name: 'api_token', type: 'string' }],
    },
  ];
  const first = run(steps, { steps: ['test:in'], parameters: ['api_token=tok-98765'] });
  expect(first.status).toBe(1);
  expect(first.said).toContain('with *** and ***');
  const store = new RunStore(workspace.folder);
  const [summary] = await store.list();
  const kept = readFileSync(store.logPath(summary!.id), 'utf8');
  expect(kept).not.toContain('tok-98765');
  expect(kept).not.toContain('sesame');
  expect(run(steps, { resume: 'last' }).said).toContain(
    'parameter `api_token` is secret, so no run keeps it',
  );
  expect(run(steps, { resume: summary!.id, parameters: ['api_token=tok-98765'] }).status).toBe(1);
});

test('a variable that the process does not have comes from the nearest `.env` file, and is masked', () => {
  const steps = [
    workspace.sh('test:greet', 'echo "$WORDS"', {
      env: { WORDS: '${GREETING}, ${API_TOKEN}' },
      isTemplate: true,
    }),
  ];
  workspace.write('.env', 'GREETING=bad day\nexport API_TOKEN="q7Lm Zx9_R2vT8w" # of the shop\n');
  const { status, said } = run(steps, { steps: ['test:greet'] });
  expect(status).toBe(0);
  expect(said).toContain('good day, ***');
  expect(said).not.toContain('q7Lm');
});

test('what destroys something is run by who says so twice', () => {
  const steps = [{ ...workspace.sh('test:clear', 'echo gone'), destroys: 'All of it is gone.' }];
  expect(run(steps, { steps: ['test:clear'] })).toEqual({
    status: 2,
    said: 'penstock run: `test:clear` cannot be undone. All of it is gone. Say that with --yes\n',
  });
  expect(run(steps, { steps: ['test:clear'], dryRun: true }).status).toBe(0);
  expect(run(steps, { steps: ['test:clear'], yes: true }).said).toContain('gone');
});
