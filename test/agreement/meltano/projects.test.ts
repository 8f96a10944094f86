import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Oracle } from '../oracles/answer.ts';
import { remembered } from '../oracles/remembered.ts';
import { report, type Reported } from '../penstock.ts';
import { mutantsOf } from '../mutants.ts';
import { base } from './base.ts';
import { openMeltano3, openMeltano4 } from './oracle.ts';
import { wholeProjects } from './projects.ts';

/** `MUTANTS=400 npm run test:agreement -- meltano` asks for more, `SEED` for others. */
const count = Number(process.env['MUTANTS'] ?? 45);
const seed = Number(process.env['SEED'] ?? 1);
const mutants = mutantsOf(base, { count, seed });
const run = ['run --dry-run --no-install load report ledger'];

describe.for([openMeltano4, openMeltano3])('Meltano', (open) => {
  let oracle: Oracle;
  const answers = new Map<string, Answer>();
  beforeAll(async () => {
    oracle = remembered(await open());
    const whole = wholeProjects.map(({ title, files, command }) => ({ id: title, files, env: {}, command }));
    const changed = mutants.map(({ id, files }) => ({ id, files, env: {}, command: run }));
    await oracle.ask([...whole, ...(oracle.id === 'v4' ? changed : [])], (id, answer) =>
      answers.set(id, answer),
    );
  });

  test.for(wholeProjects)('takes $title, and Penstock finds no error', async ({ title, files }) => {
    expect(answers.get(title)).toMatchObject({ says: '' });
    expect(await errorsIn(files, oracle.version)).toEqual([]);
  });

  if (open === openMeltano4) {
    test('what it takes of mutants has no error', async () => {
      const taken = mutants.filter(({ id }) => answers.get(id)!.verdict !== 'refused');
      expect(taken.length).toBeGreaterThan(count / 10);
      const wrong: object[] = [];
      for (const { id, files } of taken) {
        const errors = (await errorsIn(files, oracle.version)).filter(({ code }) => !later.has(code));
        if (errors.length > 0) wrong.push({ id, errors });
      }
      expect(wrong).toEqual([]);
    });
  }
});

/** What Meltano says no sooner than when it runs the command or the schedule. */
const later: ReadonlySet<string> = new Set(['meltano/undefined-command', 'meltano/undefined-job']);

async function errorsIn(
  files: (typeof mutants)[number]['files'],
  version: string,
): Promise<readonly Reported[]> {
  return (await report(files, version)).filter(({ severity }) => severity === 'error');
}
