import type { AnyStatus } from './protocol.ts';

export interface StatusFace {
  /** A codicon's name. */
  readonly icon: string;
  /** What is read aloud and shown where there is room. */
  readonly word: string;
  /** The last part of the class that gives the colour. */
  readonly tone: 'passed' | 'failed' | 'warned' | 'muted' | 'active';
}

const faces: Readonly<Record<AnyStatus, StatusFace>> = {
  pending: { icon: 'circle-large', word: 'Not started yet', tone: 'muted' },
  waiting: { icon: 'watch', word: 'Waiting', tone: 'muted' },
  running: { icon: 'loading', word: 'Running', tone: 'active' },
  succeeded: { icon: 'pass-filled', word: 'Succeeded', tone: 'passed' },
  failed: { icon: 'error', word: 'Failed', tone: 'failed' },
  warned: { icon: 'warning', word: 'Warned', tone: 'warned' },
  skipped: { icon: 'circle-slash', word: 'Skipped', tone: 'muted' },
  cancelled: { icon: 'stop-circle', word: 'Cancelled', tone: 'muted' },
  'not-started': { icon: 'circle-slash', word: 'Could not start', tone: 'failed' },
  interrupted: { icon: 'debug-disconnect', word: 'Interrupted', tone: 'warned' },
};

/** What served until somebody ended it did what it was to do. */
const stoppedFace: StatusFace = { ...faces.cancelled, word: 'Stopped' };

/** How a run looks. */
export function faceOfRun({
  status,
  stopped,
}: {
  readonly status: AnyStatus;
  readonly stopped?: boolean;
}): StatusFace {
  return stopped ? stoppedFace : faces[status];
}

/** How a step or a node looks: a failure that may be is no failure. */
export function faceOfPart(part: {
  readonly status: AnyStatus;
  readonly stopped?: boolean;
  readonly allowed?: boolean;
  readonly reusedFrom?: string;
  readonly pause?: 'wanted' | 'reached';
}): StatusFace {
  if (part.pause === 'reached') return { icon: 'debug-pause', word: 'Paused', tone: 'warned' };
  if (part.pause === 'wanted') return { ...faces[part.status], icon: 'debug-pause' };
  if (part.stopped) return stoppedFace;
  if (part.allowed) return { ...faces.warned, word: 'Failed, as it may' };
  return part.reusedFrom === undefined ? faces[part.status] : { ...faces.skipped, word: 'Succeeded before' };
}

/** How a status looks and is called; the same everywhere in the panel. */
export function faceOf(status: AnyStatus): StatusFace {
  return faces[status];
}
