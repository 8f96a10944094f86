// Asks Compose's own library what it says of each case of the agreement with it, and writes that into the
// recording; with `--check` it writes nothing and fails where the recording says otherwise. Needs Go, which users have
// no need of: the tests read the recording.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const recording = fileURLToPath(
  new URL('../server/src/systems/compose/test-support/agreement.txt', import.meta.url),
);
const oracle = fileURLToPath(new URL('../test/agreement/oracles/compose', import.meta.url));

const text = readFileSync(recording, 'utf8');
const [head, ...parts] = text.split(/^== /mu);
const cases = parts.map((part) => {
  const lineEnd = part.indexOf('\n');
  return { name: part.slice(0, lineEnd).split(' ')[0], body: part.slice(lineEnd + 1) };
});

const work = mkdtempSync(join(tmpdir(), 'penstock-compose-'));
try {
  const program = join(work, 'oracle');
  // What Go fetches on the way is no news; why it fails is told by the error.
  execFileSync('go', ['build', '-o', program, '.'], { cwd: oracle, stdio: ['ignore', 'inherit', 'pipe'] });
  const folders = cases.map(({ name, body }) => layOut(join(work, name), body));
  const options = { encoding: 'utf8', maxBuffer: 10_000_000, env: {} };
  const said = execFileSync(program, folders, options).split('\n');
  const written = cases.map(({ name, body }, at) => {
    const refusal = said[at];
    return `== ${name} ${refusal === '' ? 'accepts' : `refuses: ${refusal}`}\n${body}`;
  });
  if (process.argv.includes('--check')) check(written);
  else writeFileSync(recording, head + written.join(''));
  const refused = said.filter((line) => line !== '').length;
  console.log(`${cases.length} cases, ${refused} of them refused`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Compares verdicts alone: of a circle the library tells another end each time. */
function check(written) {
  const verdict = (part) => part.split('\n', 1)[0].split(':', 1)[0];
  const recorded = parts.map((part) => verdict(`== ${part}`));
  const changed = written.filter((part, at) => verdict(part) !== recorded[at]);
  if (changed.length === 0) return;
  console.error(`the recording says otherwise of:\n${changed.join('\n')}`);
  process.exitCode = 1;
}

/** Writes a case's files into a folder of its own; what stands before the first `--` is compose.yaml. */
function layOut(folder, body) {
  for (const part of `-- compose.yaml\n${body}`.split(/^-- /mu).slice(1)) {
    const lineEnd = part.indexOf('\n');
    const path = join(folder, part.slice(0, lineEnd));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, part.slice(lineEnd + 1));
  }
  return folder;
}
