#!/usr/bin/env node
// A stand-in for the docker client, for tests on machines without an engine: what it is told to run in a service it
// runs on this machine, in the folder that is mounted there, with the variables it is told of and no others.
// It proves what Penstock asks of the client, and nothing about a real engine.
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `{ up, images, held, mounts, path, folder }`, in the file that the variable names. */
const state = JSON.parse(readFileSync(process.env.DOCKER_STAND_IN, 'utf8'));
const words = process.argv.slice(2);
appendFileSync(join(state.folder, 'asked.jsonl'), `${JSON.stringify(words)}\n`);

const flags = new Set(['-T', '--rm']);

/** Options up to the first word that is none. */
function takeOptions() {
  const options = {};
  while (words[0]?.startsWith('-')) {
    const name = words.shift();
    (options[name] ??= []).push(flags.has(name) ? true : words.shift());
  }
  return options;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function start(program, args, options, container) {
  const env = { PATH: [state.path, process.env.PATH].join(':') };
  for (const name of options['--env'] ?? [])
    if (process.env[name] !== undefined) env[name] = process.env[name];
  const [inside = ''] = options['--workdir'] ?? [];
  const mount = Object.keys(state.mounts).find((each) => inside === each || inside.startsWith(`${each}/`));
  const cwd = mount === undefined ? state.folder : state.mounts[mount] + inside.slice(mount.length);
  // An engine gives a process that it starts a session of its own.
  const child = spawn(program, args, { cwd, env, stdio: 'inherit', detached: true });
  const file = container === undefined ? undefined : join(state.folder, `${container}.pid`);
  if (file) writeFileSync(file, String(child.pid));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    if (file) rmSync(file, { force: true });
    process.exit(code ?? 128 + { SIGINT: 2, SIGTERM: 15, SIGKILL: 9 }[signal]);
  });
}

function compose() {
  takeOptions();
  const command = words.shift();
  const options = takeOptions();
  if (command === 'ps') {
    if (state.broken) fail('Cannot connect to the Docker daemon');
    for (const Service of state.up) console.log(JSON.stringify({ Service, State: 'running' }));
    return;
  }
  if (command === 'config') return console.log(state.images.join('\n'));
  const service = words.shift();
  if (command === 'exec') {
    if (state.broken) fail('Cannot connect to the Docker daemon');
    if (!state.up.includes(service)) fail(`service "${service}" is not running`);
    const [program, ...args] = words;
    return start(program, args, options);
  }
  if (command === 'run') return start(options['--entrypoint'][0], words, options, options['--name'][0]);
  fail(`unknown command ${command}`);
}

function pidOf(container) {
  try {
    const pid = Number(readFileSync(join(state.folder, `${container}.pid`), 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return fail(`No such container: ${container}`);
  }
}

const [first] = words.splice(0, 1);
if (first === 'compose') compose();
else if (first === 'image') {
  if (!state.held.includes(words.at(-1))) fail('No such image');
} else if (first === 'kill') process.kill(pidOf(words.at(-1)), words[1]);
else if (first === 'container') console.log(pidOf(words.at(-1)));
else if (first === 'rm') rmSync(join(state.folder, `${words.at(-1)}.pid`), { force: true });
else fail(`unknown command ${first}`);
