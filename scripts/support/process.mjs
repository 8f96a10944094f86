import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.mjs';

export const isWindows = process.platform === 'win32';

/** The file that `name` would start, or undefined. */
export function which(name, path = process.env.PATH ?? '') {
  const endings = isWindows ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a command to its end and gives its standard output.
 * `quiet` keeps the output back unless the command fails; `why` begins the message of that Problem.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, quiet?: boolean, why?: string }} [options]
 */
export async function run(command, args, { cwd, env, quiet = false, why } = {}) {
  const { code, stdout, output } = await tryRun(command, args, { cwd, env, quiet });
  if (code === 0) return stdout;
  const shown = [command, ...args].join(' ');
  const tail = quiet ? `\n${lastLines(output, 30)}` : '';
  throw new Problem(`${why ?? 'A command failed'}: \`${shown}\` ended with ${code}.${tail}`);
}

/** Runs a command to its end; a non-zero end, or one that cannot start (code -1), is an answer. */
export function tryRun(command, args, { cwd, env, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm and code are .cmd files on Windows, which only a shell starts.
      shell: isWindows && /^(npm|npx|code)(\.cmd)?$|\.(cmd|bat)$/.test(command),
    });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
      if (!quiet) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (!quiet) process.stderr.write(text);
    });
    child.once('error', (error) => resolve({ code: -1, stdout, output: `${output}${error.message}` }));
    child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout, output }));
  });
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
