import { stripVTControlCharacters } from 'node:util';
import { OperationCancelled, type CancellationToken } from '../core/cancellation.ts';
import { durationText } from '../core/duration.ts';
import {
  costOf,
  usualTimeoutMs,
  type Check,
  type Cost,
  type Judgement,
  type Probe,
} from '../core/evidence.ts';
import type { RunHistory } from '../core/last-run.ts';
import type { CheckRunner, ProbeLimits } from '../readiness/check-runner.ts';
import { asksTrust, untrusted, type Answer } from '../readiness/settle.ts';
import { fillProbe, withoutValues } from './fill-probe.ts';
import { probeCommand } from './probe-command.ts';
import { probeArtifact, probeFiles } from './probe-files.ts';
import { probeDatabase } from './probe-database.ts';
import { probeHttp } from './probe-http.ts';
import { probeHello, probePort } from './probe-network.ts';
import { probeQuery } from './probe-query.ts';
import { probeRun } from './probe-run.ts';
import { Ended, type ProbeAround } from './probe.ts';

/** How many of a cost are under way at once: connections wait for others, programs take the machine. */
const atOnce: Readonly<Record<Cost, number>> = { instant: 16, seconds: 4, network: 32, command: 2 };

/** Limit: a timer that is set to more goes off at once. */
const longestTimerMs = 2 ** 31 - 1;

/** How often it is looked whether somebody still waits. */
const lookEveryMs = 50;

export interface CheckRunnerOptions {
  readonly systems: ProbeAround['systems'];
  readonly history: RunHistory;
  readonly env: NodeJS.ProcessEnv;
  readonly now?: () => number;
}

/** Probes this machine and what is connected to it. */
export function createCheckRunner({
  systems,
  history,
  env,
  now = Date.now,
}: CheckRunnerOptions): CheckRunner {
  return {
    async run(checks, { limits, facts, token, onAnswer }) {
      if (token.isCancellationRequested) throw new OperationCancelled();
      const ended = new AbortController();
      const watch = watchToken(token, () => ended.abort());
      try {
        const ask = async (check: Check): Promise<void> => {
          const beganMs = now();
          const around = { limits, env, history, systems, facts, nowMs: beganMs };
          const judgement = await probeWithin(check, around, ended.signal);
          if (judgement && !ended.signal.aborted)
            onAnswer(
              check,
              masked({ judgement, checkedMs: now(), durationMs: now() - beganMs }, check, {
                history,
                limits,
              }),
            );
        };
        const byCost = Map.groupBy(checks, ({ probe }) => costOf(probe));
        await Promise.all(
          [...byCost].map(([cost, group]) => inParallel(group, atOnce[cost], ask, ended.signal)),
        );
        if (ended.signal.aborted) throw new OperationCancelled();
      } finally {
        clearInterval(watch);
      }
    },
    shownTitle: ({ title, folder }, { secrets }) => withoutSecrets(title, { folder, history, secrets }),
  };
}

/** A token that can tell is listened to; every other one is looked at. */
function watchToken(token: CancellationToken, end: () => void): ReturnType<typeof setInterval> | undefined {
  const telling = token as { readonly onCancellationRequested?: (listener: () => void) => unknown };
  if (telling.onCancellationRequested) {
    telling.onCancellationRequested(end);
    return undefined;
  }
  const watch = setInterval(() => {
    if (token.isCancellationRequested) end();
  }, lookEveryMs);
  watch.unref();
  return watch;
}

async function inParallel(
  checks: readonly Check[],
  width: number,
  ask: (check: Check) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...checks].reverse();
  const work = async (): Promise<void> => {
    for (let check = waiting.pop(); check && !signal.aborted; check = waiting.pop()) await ask(check);
  };
  await Promise.all(Array.from({ length: Math.min(width, checks.length) }, work));
}

/** The judgement, or that it took too long; undefined where nobody waits any more, or others have to answer. */
async function probeWithin(
  check: Check,
  around: Omit<ProbeAround, 'signal' | 'check'>,
  ended: AbortSignal,
): Promise<Judgement | undefined> {
  const cost = costOf(check.probe);
  if (!around.limits.isTrusted && asksTrust(check)) return untrusted(check);
  const limitMs = check.timeoutMs ?? usualTimeoutMs[cost];
  const limit = AbortSignal.timeout(Math.min(limitMs, longestTimerMs));
  try {
    const filled = fillProbe(check, around);
    if ('judgement' in filled) return filled.judgement;
    const signal = AbortSignal.any([ended, limit]);
    const judgement = await probe(filled.probe, { ...around, check, signal });
    return judgement && withoutValues(judgement, filled.values);
  } catch (error) {
    if (ended.aborted) return undefined;
    const expected = check.title;
    if (limit.aborted)
      return {
        state: cost === 'network' || cost === 'command' ? 'failed' : 'unknown',
        ...(error instanceof Ended ? error.asked : { expected }),
        seen:
          cost === 'command'
            ? `it had not ended after ${durationText(limitMs)}`
            : `no answer within ${durationText(limitMs)}`,
        next: 'look what keeps it, or allow it more time: `timeout`',
      };
    return { state: 'unknown', expected, seen: error instanceof Error ? error.message : String(error) };
  }
}

async function probe(asked: Probe, around: ProbeAround): Promise<Judgement | undefined> {
  switch (asked.kind) {
    case 'file':
      return probeFiles(asked, around);
    case 'artifact':
      return probeArtifact(asked, around);
    case 'database':
      return probeDatabase(asked, around);
    case 'query':
      return probeQuery(asked, around);
    case 'ran':
      return probeRun(asked, around);
    case 'port':
      return probePort(asked, around);
    case 'http':
      return probeHttp(asked, around);
    case 'hello':
      return probeHello(asked, around);
    case 'command':
      return probeCommand(asked, around);
    case 'valid':
    case 'defined':
    case 'env':
    case 'check':
      return undefined;
  }
}

/** What a program or a server says may hold a secret, and so may what it is asked. */
function masked(
  answer: Answer,
  { folder }: Check,
  { history, limits }: { readonly history: RunHistory; readonly limits: ProbeLimits },
): Answer {
  const { judgement } = answer;
  const hide = (text: string): string => withoutSecrets(text, { folder, history, secrets: limits.secrets });
  return {
    ...answer,
    judgement: { ...judgement, expected: hide(judgement.expected), seen: hide(judgement.seen) },
  };
}

interface Known {
  readonly folder: string;
  readonly history: RunHistory;
  readonly secrets: readonly string[];
}

/** A text without secrets, and without signs that steer a terminal. */
function withoutSecrets(text: string, { folder, history, secrets }: Known): string {
  const shown = stripVTControlCharacters(history.masking({ root: folder }, secrets)(text));
  return shown.replace(/[^\P{Cc}\n]+/gu, ' ');
}
