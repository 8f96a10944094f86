// Penstock beside the general server for YAML, on the same meltano.yml with the same schema.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { root } from '../support/project.mjs';
import { percentile, startServer } from './language-client.mjs';
import { mergingMeltanoFile, plainMeltanoFile } from './meltano-files.mjs';

/** So many, or as many as can be had in half a minute, but a few in any case. */
const strokes = 40;
const fewestStrokes = 5;
const patienceMs = 30_000;
const schema = join(root, 'server', 'schemas', 'meltano', 'meltano.json');

/** What is measured when nothing else is asked for. */
export const yamlSizes = { plain: [100, 1000, 10_000, 50_000], merging: [900, 2700] };

/** Keystroke to findings in files of these many lines, for both servers. */
export async function measureYaml(programs, rivals, work, { plain, merging }) {
  const rival = join(rivals, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  const files = [
    ...plain.map((lines) => ({ kind: 'plain', text: plainMeltanoFile(lines) })),
    ...merging.map((lines) => ({ kind: 'merging', text: mergingMeltanoFile(lines) })),
  ];
  const results = [];
  for (const { kind, text } of files) {
    const folder = join(work, 'meltano');
    mkdirSync(folder);
    writeFileSync(join(folder, 'meltano.yml'), text);
    const cache = join(work, 'yaml-cache');
    const penstock = await typeIn(await openWithPenstock(programs, folder, cache), folder, text);
    const other = await typeIn(await openWithRival(rival, folder), folder, text);
    results.push({ kind, lines: text.split('\n').length - 1, penstock, rival: other });
    for (const made of [folder, cache]) rmSync(made, { recursive: true, force: true });
  }
  return results;
}

/** As VS Code has it: findings are asked for after each change, and nothing waits. */
async function openWithPenstock(programs, folder, cache) {
  const server = await startServer(
    ['--max-semi-space-size=16', join(programs, 'language-server.cjs'), '--stdio'],
    { folder, env: { XDG_CACHE_HOME: cache }, capabilities: { textDocument: { diagnostic: {} } } },
  );
  const findings = async (textDocument) =>
    (await server.connection.sendRequest('textDocument/diagnostic', { textDocument })).items;
  return {
    ...server,
    findingsAfter: async (change, textDocument) => (await change(), findings(textDocument)),
  };
}

/** It tells its findings by itself, a while after the last change. */
async function openWithRival(program, folder) {
  const yaml = {
    schemas: { [pathToFileURL(schema).href]: 'meltano.yml' },
    validate: true,
    schemaStore: { enable: false },
  };
  const server = await startServer([program, '--stdio'], {
    folder,
    capabilities: { workspace: { configuration: true } },
    settings: { yaml },
  });
  let tell;
  server.connection.onNotification('textDocument/publishDiagnostics', ({ diagnostics }) =>
    tell?.(diagnostics),
  );
  await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } });
  const findingsAfter = async (change) => {
    const told = new Promise((resolve) => (tell = resolve));
    await change();
    return told;
  };
  return { ...server, findingsAfter };
}

/** Types into labels all over the file; a misspelt key at the end shows that the server was looking. */
async function typeIn({ connection, findingsAfter, stop }, folder, text) {
  const uri = pathToFileURL(join(folder, 'meltano.yml')).href;
  const lines = text.split('\n');
  const labels = lines.flatMap((line, at) => (line.includes(' label: ') ? [at] : []));
  let version = 1;
  const open = () =>
    connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version, text },
    });
  const change = (line, start, end, typed) => () =>
    connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [
        { range: { start: { line, character: start }, end: { line, character: end } }, text: typed },
      ],
    });
  const [first, before] = await timedAnswer(() => findingsAfter(open, { uri }));
  const times = [];
  const until = performance.now() + patienceMs;
  for (let stroke = 0; stroke < strokes; stroke++) {
    if (stroke >= fewestStrokes && performance.now() > until) break;
    const line = labels[Math.floor((stroke / strokes) * labels.length)];
    const end = lines[line].length;
    const [time] = await timedAnswer(() => findingsAfter(change(line, end, end, 'x'), { uri }));
    lines[line] += 'x';
    times.push(time);
  }
  const line = labels[0];
  const start = lines[line].indexOf('label');
  const after = await findingsAfter(change(line, start, start + 5, 'lable'), { uri });
  if (after.length <= before.length) throw new Error(`a misspelt key in ${uri} has no finding`);
  await stop();
  return { first, stroke: percentile(times, 0.5), slowest: Math.max(...times) };
}

async function timedAnswer(ask) {
  const began = performance.now();
  const answer = await ask();
  return [performance.now() - began, answer];
}
