import type { Cost, EvidenceState } from '../core/evidence.ts';

/** States that make `penstock readiness` fail where `--fail-on` names them. */
const failStates = ['failed', 'stale', 'unknown', 'warning'] as const satisfies readonly EvidenceState[];

export type FailState = (typeof failStates)[number];

/** What `penstock readiness` looks at, and what it fails on. */
export interface ReadinessOptions {
  /** Also connects to what checks name. */
  readonly network: boolean;
  /** Also starts the programs that checks name. */
  readonly commands: boolean;
  readonly allowHosts: readonly string[];
  /** Checks by their ids, whatever they cost, and no others. */
  readonly checks: readonly string[];
  /** Instead of the verdict: a state of checks, and every graver one, that is a failure. */
  readonly failOn?: FailState;
  /** Instead of the verdict: the percentage that has to be proven. */
  readonly min?: number;
  /** Whether what changed is added to the history. */
  readonly history: boolean;
}

export const plainOptions: ReadinessOptions = {
  network: false,
  commands: false,
  allowHosts: [],
  checks: [],
  history: true,
};

export function costsOf({ network, commands }: ReadinessOptions): ReadonlySet<Cost> {
  return new Set<Cost>([
    'instant',
    'seconds',
    ...(network ? (['network'] as const) : []),
    ...(commands ? (['command'] as const) : []),
  ]);
}

/** The options as they are written; what cannot be meant is refused. */
export function readinessOptions(
  values: Readonly<Record<string, unknown>>,
  refused: (message: string) => Error,
): ReadinessOptions {
  const list = (name: string): readonly string[] => {
    const given = values[name];
    return Array.isArray(given) ? given.map(String) : [];
  };
  const wanted = values['fail-on'];
  const failOn = failStates.find((state) => state === wanted);
  if (typeof wanted === 'string' && failOn === undefined)
    throw refused(`there is no state \`${wanted}\` to fail on; use ${failStates.join(', ')}`);
  const percent = typeof values['min'] === 'string' ? values['min'].trim().replace(/\s*%$/, '') : undefined;
  const min = Number(percent);
  if (percent !== undefined && !(percent !== '' && min >= 0 && min <= 100))
    throw refused(`--min takes a percentage from 0 to 100, not \`${String(values['min'])}\``);
  const all = values['all'] === true;
  return {
    network: all || values['network'] === true,
    commands: all || values['commands'] === true,
    allowHosts: list('allow-host'),
    checks: list('check'),
    history: values['no-history'] !== true,
    ...(failOn === undefined ? {} : { failOn }),
    ...(values['min'] === undefined ? {} : { min }),
  };
}
