import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildId } from './build-id.mjs';
import { root } from './project.mjs';

const oldestNode = 22;

/** First in each program: says what is missing on an older Node, where the rest would only fail to load. */
const banner = {
  js: `#!/usr/bin/env node
if (parseInt(process.versions.node, 10) < ${oldestNode}) {
  process.stderr.write('Penstock needs Node ${oldestNode} or newer; this is Node ' + process.versions.node + '. In a checkout, npx penstock brings its own.\\n');
  process.exit(2);
}`,
};

export const shared = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  legalComments: 'none',
};

/** JSON as text that is read when the program starts: V8 takes several times as long over the same as a literal. */
const jsonAsText = {
  name: 'json-as-text',
  setup(build) {
    build.onLoad({ filter: /\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});`, loader: 'js' };
    });
  },
};

export const node = {
  ...shared,
  platform: 'node',
  target: 'node22',
  // Some packages ship a UMD build as `main`, whose inner `require` a bundler cannot follow.
  mainFields: ['module', 'main'],
  conditions: ['node', 'import'],
  plugins: [jsonAsText],
};

/** Bundles the language server and the command line into a folder, as they are shipped. */
export async function buildPrograms(folder, options) {
  const define = { PENSTOCK_BUILD: JSON.stringify(buildId()) };
  await Promise.all([
    ...['language-server', 'penstock'].map((name) => buildProgram(folder, name, { ...options, define })),
    build({
      ...node,
      ...options,
      format: 'cjs',
      entryPoints: ['server/src/reader.ts'],
      outfile: join(folder, 'reader.cjs'),
    }),
  ]);
}

/** The program itself, and what starts it: a few lines that have it compiled once and not at each start. */
async function buildProgram(folder, name, { define, ...options }) {
  const common = { ...node, ...options, format: 'cjs' };
  const program = `./${name}-program.cjs`;
  const start = join(folder, `${name}.cjs`);
  await Promise.all([
    build({ ...common, define, entryPoints: [`server/src/${name}.ts`], outfile: join(folder, program) }),
    build({
      ...common,
      define: { ...define, PENSTOCK_PROGRAM: JSON.stringify(program) },
      entryPoints: ['server/src/launch.ts'],
      outfile: start,
      external: [program],
      banner,
    }),
  ]);
  await chmod(start, 0o755);
}
