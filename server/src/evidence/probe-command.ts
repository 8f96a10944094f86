import type { CommandOutput } from '../core/evidence.ts';
import { isInside } from '../core/path.ts';
import { commandWithoutSecrets } from '../core/secret-looks.ts';
import { toFsPath } from '../files/node-files.ts';
import type { Command } from '../core/step.ts';
import type { ProcessEnd, RanIn } from '../runs/runner.ts';
import { runnerOf } from '../runs/service-places.ts';
import { Ended, type ProbeAround, type Prober } from './probe.ts';

/** Limit: so many lines of what it prints are kept, for who judges it. */
const mostLines = 20_000;

/**
 * A program ends with the status that is expected, or prints what its judge likes. It is run where its tool lives: on
 * this machine, or in a service that is up; no container is made for a check.
 */
export const probeCommand: Prober<'command'> = async ({ words, cwd, exit, judge }, around) => {
  const wish = `\`${commandWithoutSecrets(words)}\` ends with ${exit}`;
  const { end, output, lastError, place } = await runCommand(words, cwd, around).catch((error: unknown) => {
    throw around.signal.aborted ? new Ended({ expected: wish, where: cwd }) : error;
  });
  const expected = place ? `${wish} in the service \`${place.service}\`` : wish;
  if (end.kind === 'not-started')
    return {
      state: 'unknown',
      expected,
      seen: end.message.replace(/; install it with: $/, ''),
      where: cwd,
      next: 'install it, or correct the command',
    };
  if (end.kind === 'killed')
    return {
      state: 'failed',
      expected,
      seen: `it was ended by ${end.signal}`,
      where: cwd,
      next: 'run it yourself and look what ends it',
    };
  if (judge) return { where: cwd, ...judge(output) };
  const said = lastError === '' ? '' : `: ${lastError}`;
  const seen = `it ended with ${output.exitCode}${output.exitCode === exit ? '' : said}`;
  return output.exitCode === exit
    ? { state: 'passed', expected, seen, where: cwd }
    : { state: 'failed', expected, seen, where: cwd, next: 'run it yourself and mend what it says' };
};

interface Ran {
  readonly end: ProcessEnd;
  readonly output: CommandOutput;
  readonly lastError: string;
  /** Absent on this machine. */
  readonly place?: RanIn;
}

async function runCommand(words: readonly string[], cwd: string, around: ProbeAround): Promise<Ran> {
  const { signal, limits, env, systems, facts } = around;
  const folder = limits.folders.find((each) => isInside(cwd, each)) ?? cwd;
  const local = { folder: toFsPath(folder), environments: limits.environments, env };
  const placing = runnerOf({ systems, facts, local, where: 'auto', onlyUp: true });
  const lines: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  const [name = '', ...args] = words;
  const executable = { name, install: '' };
  const command: Command = { kind: 'command', executable, args, cwd, writes: [], cancel: [] };
  const runner = (await placing.runnerFor?.(command)) ?? placing;
  signal.throwIfAborted();
  const running = runner.start(command, {
    line: (stream, text) => void (lines[stream].length < mostLines && lines[stream].push(text)),
  });
  const kill = (): void => void running.signal('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  try {
    const end = await running.finished;
    signal.throwIfAborted();
    const exitCode = end.kind === 'exited' ? end.exitCode : -1;
    return {
      end,
      output: { exitCode, stdout: lines.stdout.join('\n'), stderr: lines.stderr.join('\n') },
      lastError: lastLine(lines.stderr) || lastLine(lines.stdout),
      ...(runner.place ? { place: runner.place } : {}),
    };
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

/** Limit: so much of a line is shown. */
function lastLine(lines: readonly string[]): string {
  return (lines.findLast((line) => line.trim() !== '') ?? '').trim().slice(0, 300);
}
