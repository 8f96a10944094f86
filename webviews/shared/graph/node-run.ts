/** How a thing went when it last ran. */
export interface NodeRun {
  readonly status: RunStatus;
  /** The step that ran it, by its public name. */
  readonly step: string;
  /** For a person: `today, 08:32`. */
  readonly when: string;
  readonly message?: string;
}

export type RunStatus = 'running' | 'succeeded' | 'failed' | 'warned' | 'skipped';

const words: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  warned: 'Warned',
  skipped: 'Skipped',
};

/** One line: how it went, in which step and when, and what it said unless all was well. */
export function runSentence({ status, step, when, message }: NodeRun): string {
  const [first] = (message ?? '').split('\n').filter((line) => line.trim() !== '');
  const said = first === undefined || status === 'succeeded' ? '' : ` · ${first.trim()}`;
  return `${words[status]} in ${step}, ${when}${said}`;
}

/** Colour only for what asks for a look: as text, the colour of success is too light on a light ground. */
export function toneOf({ status }: Pick<NodeRun, 'status'>): string {
  return status === 'failed' || status === 'warned' ? status : 'muted';
}
