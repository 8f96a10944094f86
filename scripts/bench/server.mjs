// The language server as an editor has it: a process, asked over JSON-RPC.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { largeFile, popularModel } from '../generate-project.mjs';
import { percentile, startServer } from './language-client.mjs';
import { resident } from './processes.mjs';

const strokes = 300;

/** As `extension/src/language-client.ts` starts it. */
const asInEditor = ['--max-semi-space-size=16'];

/** How soon the server answers after its start and while somebody types, and what it takes. */
export async function measureServer(programs, project, work) {
  const cache = join(work, 'server-cache');
  rmSync(cache, { recursive: true, force: true });
  const cold = await start(programs, project, cache);
  const figures = { ...(await type(cold)), ...(await ask(cold)) };
  const memory = resident(cold.pid, 'VmRSS');
  await untilKept(join(cache, 'penstock'));
  await cold.stop();
  const warm = await start(programs, project, cache);
  await warm.stop();
  rmSync(cache, { recursive: true, force: true });
  return { ...figures, memory, first: cold.first, firstWarm: warm.first };
}

/** What was read is written down some seconds after the start; of a small platform nothing is. */
async function untilKept(folder) {
  const patience = 20_000;
  for (let waited = 0; waited < patience; waited += 500) {
    await setTimeout(500);
    if (existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.kept'))) return;
  }
}

/** Starts a server, opens the large file and waits until its findings are known. */
async function start(programs, project, cache) {
  const began = performance.now();
  const { pid, connection, stop } = await startServer(
    [...asInEditor, join(programs, 'language-server.cjs'), '--stdio'],
    {
      folder: project,
      env: { XDG_CACHE_HOME: cache },
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['rename'] } },
      },
    },
  );
  const open = async (path) => {
    const uri = pathToFileURL(join(project, path)).href;
    const text = readFileSync(join(project, path), 'utf8');
    const languageId = path.endsWith('.yml') ? 'yaml' : 'sql';
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return { uri, text };
  };
  const file = await open(largeFile);
  await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: file.uri } });
  const first = performance.now() - began;
  return { pid, project, connection, file, open, first, stop };
}

/**
 * Types into descriptions all over the large file, each stroke followed by the question for its findings.
 * Every third one opens a quote, which breaks the file, and is taken back.
 */
async function type({ connection, file }) {
  const lines = file.text.split('\n');
  const places = lines.flatMap((line, at) => (/description: \w/.test(line) ? [at] : []));
  const sound = [];
  const broken = [];
  let version = 1;
  const change = async (line, from, to, text) => {
    const range = { start: { line, character: from }, end: { line, character: to } };
    const began = performance.now();
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: file.uri, version: ++version },
      contentChanges: [{ range, text }],
    });
    await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: file.uri } });
    return performance.now() - began;
  };
  for (let stroke = 0; stroke < strokes; stroke++) {
    const line = places[Math.floor((stroke / strokes) * places.length)];
    const start = lines[line].indexOf(': ') + 2;
    const end = lines[line].length;
    if (stroke % 3 === 2) {
      broken.push(await change(line, start, start, '"'));
      sound.push(await change(line, start, start + 1, ''));
    } else {
      sound.push(await change(line, end, end, 'x'));
      lines[line] += 'x';
    }
  }
  return {
    lines: lines.length,
    stroke: median(sound),
    stroke99: percentile(sound, 0.99),
    brokenStroke: median(broken),
    brokenStroke99: percentile(broken, 0.99),
  };
}

/** A completion among all models, and the rename of the model that half of them read: many times, as the first ones warm up. */
async function ask({ connection, open, project }) {
  const reader = await open(readerOf(project, popularModel));
  const offset = reader.text.indexOf(`'${popularModel}'`) + 1;
  const line = reader.text.slice(0, offset).split('\n').length - 1;
  const character = offset - reader.text.lastIndexOf('\n', offset - 1) - 1;
  const at = { textDocument: { uri: reader.uri }, position: { line, character } };
  const completion = await times(100, () => connection.sendRequest('textDocument/completion', at));
  let edits = 0;
  const rename = await times(30, async () => {
    const answer = await connection.sendRequest('textDocument/rename', { ...at, newName: 'stg_days' });
    edits = countEdits(answer);
  });
  return { completion, rename, edits };
}

/** A model that reads this one. */
function readerOf(project, name) {
  return readdirSync(join(project, 'models'), { recursive: true })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => join('models', path))
    .find((path) => readFileSync(join(project, path), 'utf8').includes(`ref('${name}')`));
}

async function times(count, work) {
  const found = [];
  for (let round = 0; round < count; round++) {
    const began = performance.now();
    await work();
    found.push(performance.now() - began);
  }
  return { median: median(found), slowest: Math.max(...found) };
}

function countEdits({ changes, documentChanges } = {}) {
  if (documentChanges) return documentChanges.reduce((sum, each) => sum + (each.edits?.length ?? 0), 0);
  return Object.values(changes ?? {}).reduce((sum, edits) => sum + edits.length, 0);
}

function median(values) {
  return percentile(values, 0.5);
}
