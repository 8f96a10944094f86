import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { aboutNothing, type Check, type Evidence, type Probe } from '../../server/src/core/evidence.ts';
import { FactIndex } from '../../server/src/core/fact-index.ts';
import { createCheckRunner } from '../../server/src/evidence/run-checks.ts';
import { settle, type Answer } from '../../server/src/readiness/settle.ts';
import { createRunHistory } from '../../server/src/runs/run-history.ts';

/** Looks at these checks as `penstock readiness --all` would; `laterMs` is how much later their worth is asked for. */
export async function look(checks: readonly Check[], laterMs = 0): Promise<ReadonlyMap<string, Evidence>> {
  const runner = createCheckRunner({ systems: [], history: createRunHistory(process.env), env: process.env });
  const answers = new Map<string, Answer>();
  await runner.run(checks, {
    limits: { isTrusted: true, allowedHosts: [], environments: [], folders: [], secrets: [] },
    facts: new FactIndex(),
    token: neverCancelled,
    onAnswer: (check, answer) => answers.set(check.id, answer),
  });
  const nowMs = Date.now() + laterMs;
  return new Map(
    checks.map((check) => [check.id, settle(check, answers.get(check.id), { waivers: [], nowMs })]),
  );
}

/** A check that only asks. */
function asking(probe: Probe): Check {
  return { id: 'a', title: 'a', probe, about: aboutNothing, weight: 1, folder: '/' };
}

/** The evidence of one probe. */
export async function evidenceOf(probe: Probe, laterMs = 0): Promise<Evidence> {
  return (await look([asking(probe)], laterMs)).get('a')!;
}
