// Measures one project in a process of its own and prints the figures as JSON.
//   node --expose-gc measure.mjs ENGINE PROJECT
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [enginePath, folder] = process.argv.slice(2);
const engine = await import(pathToFileURL(enginePath).href);
const rounds = 5;
const strokes = 300;

/** Milliseconds of the quickest of `rounds` runs: what the work costs without what else the machine did. */
async function best(work) {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

/** What nobody can be quicker than: list the tree and read every file as text. */
function floor() {
  let characters = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) characters += readFileSync(join(entry.parentPath, entry.name), 'utf8').length;
  }
  return characters;
}

/** The disk, with one text in front of a file as an editor's buffer is. */
function createFiles(pause) {
  const disk = engine.createNodeFiles({ pause });
  const buffers = new Map();
  const read = (path) => (buffers.has(path) ? { kind: 'text', text: buffers.get(path) } : disk.read(path));
  return { buffers, files: { ...disk, read } };
}

function createPlatform() {
  const pause = engine.createNodePause();
  const { buffers, files } = createFiles(pause);
  const platform = new engine.Platform({
    systems: engine.systems,
    files,
    log: engine.silentLog,
    pause,
    onRuleError: (rule, path, error) => {
      throw new Error(`${rule} failed on ${path}`, { cause: error });
    },
  });
  return { platform, buffers };
}

const place = engine.fromFsPath(folder);

/** Loads the project anew: listed, read, claimed, parsed, checked file by file, indexed. */
async function load() {
  const made = createPlatform();
  await made.platform.load([place], engine.neverCancelled);
  return made;
}

function diagnose(platform) {
  let count = 0;
  for (const path of platform.paths()) count += platform.findings(path).length;
  return count;
}

/** Names are checked when somebody looks; a load that nobody has looked at yet is needed for each round. */
async function bestDiagnose() {
  let least = Infinity;
  let findings = 0;
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const { platform } = await load();
    const began = performance.now();
    findings = diagnose(platform);
    least = Math.min(least, performance.now() - began);
  }
  return { diagnose: least, findings };
}

/** The parts of a load on their own: reading text into trees, checking each file, filing its facts. */
async function parts(platform) {
  const paths = [...platform.paths()];
  const parsed = paths.map((path) => platform.parsed(path));
  const parse = await best(() => {
    for (const { source, claim, project } of parsed) {
      source.forget();
      platform.system(project.system).parse(source, claim, project);
    }
  });
  const check = await best(() => {
    for (const file of parsed) {
      engine.checkFile(file, platform.system(file.project.system), (rule, error) => {
        throw new Error(`${rule} failed`, { cause: error });
      });
    }
  });
  const index = await best(() => {
    const facts = new engine.FactIndex();
    for (const file of parsed) facts.replace(file.source.path, file.facts);
  });
  return { parse, check, index, files: paths.length };
}

/** Edits of properties files, spread over files and places; every other text is broken, as half-typed text is. */
function* edits(platform) {
  const files = [...platform.paths()].filter(
    (path) => path.endsWith('.yml') && path.includes('/models/') && !path.includes('/src_'),
  );
  for (let stroke = 0; stroke < strokes; stroke++) {
    const path = files[Math.floor((stroke / strokes) * files.length)];
    const text = platform.source(path).text;
    const written = 'description: Identifies';
    const at = text.indexOf(written, Math.floor(text.length * ((stroke % 7) / 8)));
    const from = at < 0 ? text.indexOf(written) : at;
    const isBroken = stroke % 2 === 0;
    const typed = isBroken ? 'description: "Identifies' : 'description: It identifies';
    yield {
      path,
      isBroken,
      text: text.slice(0, from) + typed + text.slice(from + written.length),
      before: text,
    };
  }
}

/** Milliseconds until all findings that the text may change are known again; the findings of its own file beside it. */
function type(platform, buffers, path, text) {
  buffers.set(path, text);
  const began = performance.now();
  for (const each of platform.update([path])) platform.findings(each);
  return { time: performance.now() - began, findings: platform.findings(path).length };
}

function percentiles(times, name) {
  times.sort((a, b) => a - b);
  return {
    [name]: times[Math.floor(times.length / 2)],
    [`${name}99`]: times[Math.floor(times.length * 0.99)],
  };
}

function keystrokes(platform, buffers) {
  const times = [];
  for (const { path, text, before, isBroken } of edits(platform)) {
    const typed = type(platform, buffers, path, text);
    if (typed.findings > 0 !== isBroken) throw new Error(`an edit of ${path} has ${typed.findings} findings`);
    times.push(typed.time, type(platform, buffers, path, before).time);
    buffers.delete(path);
  }
  return percentiles(times, 'keystroke');
}

/** A reference comes to name no model, and then names it again. */
function references(platform, buffers) {
  const times = [];
  const files = [...platform.paths()].filter(
    (path) => path.endsWith('.sql') && platform.source(path).text.includes("ref('"),
  );
  for (let stroke = 0; stroke < strokes; stroke++) {
    const path = files[Math.floor((stroke / strokes) * files.length)];
    const text = platform.source(path).text;
    const typed = type(platform, buffers, path, text.replace("ref('", "ref('x"));
    if (typed.findings === 0) throw new Error(`an undefined reference in ${path} has no finding`);
    times.push(typed.time, type(platform, buffers, path, text).time);
    buffers.delete(path);
  }
  return percentiles(times, 'reference');
}

function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

floor();
const heapBefore = heap();
const { platform, buffers } = await load();
diagnose(platform);
const memory = heap() - heapBefore;
const figures = {
  floor: await best(floor),
  load: await best(load),
  ...(await bestDiagnose()),
  ...(await parts(platform)),
  ...keystrokes(platform, buffers),
  ...references(platform, buffers),
  memory,
};
console.log(JSON.stringify(figures));
