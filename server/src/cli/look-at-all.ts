import { neverCancelled } from '../core/cancellation.ts';
import type { Platform } from '../core/platform.ts';
import { createCheckRunner } from '../evidence/run-checks.ts';
import { createNodePause } from '../files/node-pause.ts';
import { defaultFindingSettings } from '../language/diagnose.ts';
import { ReadinessBoard } from '../readiness/readiness-board.ts';
import type { ReadinessSnapshot } from '../readiness/snapshot.ts';
import { createRunHistory } from '../runs/run-history.ts';
import type { CliHost } from './host.ts';
import { costsOf, type ReadinessOptions } from './readiness-options.ts';

/** Where a platform stands, with what the options ask for. Who starts it at a terminal vouches for the folder. */
export function lookAtAll(
  platform: Platform,
  options: ReadinessOptions,
  systems: CliHost['systems'],
): Promise<ReadinessSnapshot> {
  const runner = createCheckRunner({
    systems,
    history: createRunHistory(process.env),
    env: process.env,
  });
  const board = new ReadinessBoard({ runner, pause: createNodePause(), now: Date.now });
  return board.snapshot(platform, {
    settings: defaultFindingSettings,
    limits: {
      isTrusted: true,
      allowedHosts: options.allowHosts,
      environments: [],
      folders: platform.folders,
      secrets: platform.secrets(),
    },
    token: neverCancelled,
    costs: costsOf(options),
    ...(options.checks.length === 0 ? {} : { checks: new Set(options.checks) }),
  });
}
