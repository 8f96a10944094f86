import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CancellationToken } from '../../core/cancellation.ts';
import { aboutNothing, type Check, type Evidence, type Probe } from '../../core/evidence.ts';
import { FactIndex } from '../../core/fact-index.ts';
import type { RunHistory } from '../../core/last-run.ts';
import { fromFsPath } from '../../files/node-files.ts';
import type { ProbeLimits } from '../../readiness/check-runner.ts';
import { settle, type Answer } from '../../readiness/settle.ts';
import { createCheckRunner } from '../run-checks.ts';
import { atEnd } from './ends.ts';

export const hour = 3_600_000;

let folder = '';
/** The folder of the test that runs. */
export function here(): string {
  return folder;
}

/** Makes a folder with these files. */
export function files(texts: Readonly<Record<string, string>>): void {
  const root = mkdtempSync(join(tmpdir(), 'penstock-evidence-'));
  atEnd(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  folder = root;
}

/** Makes a file so old. */
export function age(name: string, ms: number): void {
  const then = new Date(Date.now() - ms);
  utimesSync(join(folder, name), then, then);
}

/** Nothing ever ran. */
export const noRuns: RunHistory = {
  last: async () => undefined,
  lastOfStep: async () => undefined,
  masking: (_project, secrets) => (text) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
};

export interface Asked {
  readonly limits?: Partial<ProbeLimits>;
  readonly token?: CancellationToken;
  readonly history?: RunHistory;
  readonly more?: Partial<Check>;
}

/** What is found out of each probe. */
export async function answersTo(probes: readonly Probe[], asked: Asked = {}): Promise<readonly Answer[]> {
  const runner = createCheckRunner({ systems: [], history: asked.history ?? noRuns, env: process.env });
  const root = fromFsPath(folder || tmpdir());
  const answers = new Map<string, Answer>();
  const checks = probes.map((probe, at): Check => ({
    id: String(at),
    title: 'it is so',
    probe,
    about: aboutNothing,
    weight: 1,
    folder: root,
    ...asked.more,
  }));
  await runner.run(checks, {
    limits: {
      isTrusted: true,
      allowedHosts: [],
      environments: [],
      folders: [root],
      secrets: [],
      ...asked.limits,
    },
    facts: new FactIndex(),
    token: asked.token ?? { isCancellationRequested: false },
    onAnswer: (check, answer) => answers.set(check.id, answer),
  });
  return checks.flatMap(({ id }) => answers.get(id) ?? []);
}

/** The evidence of one probe, aged. */
export async function evidenceOf(probe: Probe, asked: Asked = {}): Promise<Evidence> {
  const [answer] = await answersTo([probe], asked);
  const check = {
    id: '0',
    title: 'it is so',
    probe,
    about: aboutNothing,
    weight: 1,
    folder: '/',
    ...asked.more,
  };
  return settle(check, answer, { waivers: [], nowMs: Date.now() });
}
