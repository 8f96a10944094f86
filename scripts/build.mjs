// Bundles the three targets: the extension, the server with the command line, and the webviews.
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildId } from './support/build-id.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);
const minify = !process.argv.includes('--dev');

/** First in each program: says what is missing on an older Node, where the rest would only fail to load. */
const oldestNode = 22;
const banner = {
  js: `#!/usr/bin/env node
if (parseInt(process.versions.node, 10) < ${oldestNode}) {
  process.stderr.write('Penstock needs Node ${oldestNode} or newer; this is Node ' + process.versions.node + '. In a checkout, npx penstock brings its own.\\n');
  process.exit(2);
}`,
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify,
  sourcemap: minify ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
};
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // Some packages ship a UMD build as `main`, whose inner `require` a bundler cannot follow.
  mainFields: ['module', 'main'],
  conditions: ['node', 'import'],
  define: { PENSTOCK_BUILD: JSON.stringify(buildId()) },
};

const programs = ['language-server', 'penstock'];

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'webviews'), { recursive: true });
await Promise.all([
  build({
    ...node,
    entryPoints: ['extension/src/extension.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
  }),
  ...programs.flatMap(buildProgram),
  buildWebviews(),
]);
await Promise.all(programs.map((name) => chmod(join(dist, `${name}.cjs`), 0o755)));

/** The program itself, and what starts it: a few lines that have it compiled once and not at each start. */
function buildProgram(name) {
  const program = `./${name}-program.cjs`;
  return [
    build({
      ...node,
      entryPoints: [`server/src/${name}.ts`],
      outfile: join('dist', program),
    }),
    build({
      ...node,
      entryPoints: ['server/src/launch.ts'],
      outfile: `dist/${name}.cjs`,
      external: [program],
      define: { ...node.define, PENSTOCK_PROGRAM: JSON.stringify(program) },
      banner,
    }),
  ];
}

/** One script and one style sheet a panel; the icons are shared. */
async function buildWebviews() {
  const folders = await readdir(join(root, 'webviews'), { withFileTypes: true });
  const panels = folders
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map((entry) => entry.name);
  const entryPoints = panels.flatMap((panel) => [
    { in: `webviews/${panel}/main.ts`, out: panel },
    { in: `webviews/${panel}/style.css`, out: panel },
  ]);
  await build({
    ...shared,
    entryPoints,
    outdir: 'dist/webviews',
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    // Pictures that are drawn by a script, in the theme's colours.
    loader: { '.svg': 'text' },
  });
  const icons = dirname(require.resolve('@vscode/codicons/dist/codicon.css'));
  await Promise.all(
    ['codicon.css', 'codicon.ttf'].map((file) => copyFile(join(icons, file), join(dist, 'webviews', file))),
  );
}
