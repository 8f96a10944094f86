import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Oracle } from './oracles/answer.ts';
import { openCore } from './oracles/core.ts';
import { remembered } from './oracles/remembered.ts';
import { openV2 } from './oracles/v2.ts';
import { report } from './penstock.ts';
import { type WholeProject, wholeProjects } from './projects/whole-projects.ts';

const projects = await wholeProjects();

describe.for([
  ['dbt Core', openCore],
  ['dbt v2', openV2],
] as const)('%s', ([, open]) => {
  let oracle: Oracle;
  const answers = new Map<string, Answer>();
  beforeAll(async () => {
    oracle = remembered(await open());
    const cases = projects.map(({ title, files }) => ({ id: title, files, env: {}, command: ['parse'] }));
    await oracle.ask(cases, (id, answer) => answers.set(id, answer));
  });

  test.for(projects)('$title has no error', async (project) => {
    const answer = answers.get(project.title)!;
    if (oracle.id === 'core') expectAccepted(project, answer);
    const findings = await report(project.files, oracle.version);
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (answer.verdict !== 'refused' || project.lacks) expect(errors).toEqual([]);
    // What v2 refuses of what was written for v1 is refused for what it says, and nowhere else.
    else
      expect(errors.map(({ file }) => file)).toEqual(
        expect.arrayContaining(answer.places.map(({ file }) => file)),
      );
  });
});

function expectAccepted({ lacks }: WholeProject, { verdict, says }: Answer): void {
  if (verdict === 'refused') expect(says).toMatch(lacks ?? /^$/);
}
