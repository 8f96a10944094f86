import { commandLine } from '../panels/command-line.ts';
import type { RunSnapshot } from '../../../server/src/runs/run-state.ts';

/** What a run started, a line each, for a shell; masked as its log is. Steps that did not begin have none. */
export function commandText({ steps }: Pick<RunSnapshot, 'steps'>, platform?: NodeJS.Platform): string {
  return steps
    .flatMap(({ command, cwd }) =>
      command && cwd !== undefined
        ? [`cd ${commandLine([cwd], platform)} && ${commandLine(command, platform)}`]
        : [],
    )
    .join('\n');
}
