import type { Check, Judgement, Probe } from '../core/evidence.ts';
import type { FactReader } from '../core/fact-index.ts';
import type { RunHistory } from '../core/last-run.ts';
import type { System } from '../core/system.ts';
import type { ProbeLimits } from '../readiness/check-runner.ts';

/** What a probe is given besides what it asks. */
export interface ProbeAround {
  /** Ends when the check's time is up, or nobody waits any more. */
  readonly signal: AbortSignal;
  readonly check: Check;
  readonly limits: ProbeLimits;
  readonly env: NodeJS.ProcessEnv;
  readonly history: RunHistory;
  /** The systems that know where their tools run, and what is known of the platform. */
  readonly systems: readonly Pick<System, 'id' | 'tool' | 'serviceClient'>[];
  readonly facts: FactReader;
  readonly nowMs: number;
}

/** Looks at one thing of the world. What cannot be reached is a judgement, too; only being ended rejects, with `Ended` where it is known who was asked. */
export type Prober<Kind extends Probe['kind']> = (
  probe: Extract<Probe, { readonly kind: Kind }>,
  around: ProbeAround,
) => Promise<Judgement>;

/** Who was asked, and what was expected of them, when the time was up. */
export class Ended extends Error {
  readonly asked: Pick<Judgement, 'expected' | 'where'>;

  constructor(asked: Ended['asked']) {
    super('it was ended');
    this.asked = asked;
  }
}
