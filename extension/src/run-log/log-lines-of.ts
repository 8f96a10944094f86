import { tookText } from '../../../server/src/core/duration.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import { leftBehindText, pausedText, retryText } from '../../../server/src/runs/run-state.ts';
import type { LogLine } from '../../../webviews/run/protocol.ts';
import { commandLine } from '../panels/command-line.ts';

type StepEnded = Extract<RunEvent, { readonly type: 'step-ended' }>;

/** The lines that an event adds to the output: what was printed, the command before it, how it ended. */
export function logLinesOf(event: RunEvent): readonly LogLine[] {
  const at = Date.parse(event.at);
  switch (event.type) {
    case 'output': {
      const { step, level, text, node } = event;
      return [{ at, step, level, text, kind: 'output', ...(node === undefined ? {} : { node }) }];
    }
    case 'step-started':
      return [
        { at, step: event.step, level: 'info', kind: 'command', text: `$ ${shortCommand(event.command)}` },
      ];
    case 'step-waiting':
      return [{ at, step: event.step, level: 'info', kind: 'note', text: `Waiting: ${event.reason}` }];
    case 'pause-set':
      return event.on ? [] : [{ at, step: event.step, level: 'info', kind: 'note', text: 'May go on' }];
    case 'step-paused':
      return [{ at, step: event.step, level: 'warn', kind: 'note', text: capital(pausedText) }];
    case 'cancelling':
      return [{ at, step: '', level: 'warn', kind: 'note', text: sentText(event) }];
    case 'left-behind':
      return [{ at, step: event.step, level: 'warn', kind: 'note', text: capital(leftBehindText(event)) }];
    case 'step-ended':
      return endingOf(event).map((text) => ({
        at,
        step: event.step,
        level: event.status === 'failed' || event.status === 'not-started' ? 'error' : 'info',
        kind: 'note',
        text,
      }));
    case 'step-retrying':
      return [{ at, step: event.step, level: 'warn', kind: 'note', text: capital(retryText(event)) }];
    case 'run-started':
      return againNotes(event, at);
    case 'run-ended':
    case 'node-started':
    case 'node-ended':
    case 'progress':
    case 'problem':
    case 'artifact':
      return [];
  }
}

/** With the program's name in place of its path; the whole command line can be copied from the panel. */
function shortCommand([program = '', ...args]: readonly string[]): string {
  return commandLine([
    program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1),
    ...args,
  ]);
}

const words: Readonly<Record<StepEnded['status'], string>> = {
  succeeded: 'Ended',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
  'not-started': 'Could not start',
};

/** What succeeded before and runs again all the same, with the reason. */
function againNotes({ steps }: RunEvent & { readonly type: 'run-started' }, at: number): readonly LogLine[] {
  return steps.flatMap(({ id, again }) =>
    again === undefined
      ? []
      : ({ at, step: id, level: 'info', kind: 'note', text: `Runs again: ${again}` } satisfies LogLine),
  );
}

function sentText({ signal, reason, processes = [] }: RunEvent & { readonly type: 'cancelling' }): string {
  const to =
    processes.length === 0 ? '' : ` to ${processes.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`;
  return `Sent ${signal}${to}: ${reason}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function endingOf(event: StepEnded): readonly string[] {
  const code = event.exitCode === undefined ? '' : ` with exit code ${event.exitCode}`;
  const signal = event.signal === undefined ? '' : ` by ${event.signal}`;
  const ran = event.status !== 'skipped' && event.status !== 'not-started';
  const time = ran ? ` after ${tookText(event.durationMs)}` : '';
  const word = event.allowed ? 'Failed, as it may,' : event.stopped ? 'Stopped' : words[event.status];
  const ending = `${word}${code}${signal}${time}`;
  return event.message === undefined
    ? [ending]
    : [`${ending}: ${event.message}`].flatMap((text) => text.split('\n'));
}
