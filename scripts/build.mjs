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

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'webviews'), { recursive: true });
await Promise.all([
  build({
    ...node,
    entryPoints: ['extension/src/extension.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
  }),
  build({
    ...node,
    entryPoints: ['server/src/language-server.ts'],
    outfile: 'dist/language-server.cjs',
    banner,
  }),
  build({
    ...node,
    entryPoints: ['server/src/penstock.ts'],
    outfile: 'dist/penstock.cjs',
    banner,
  }),
  buildWebviews(),
]);
await Promise.all(['language-server.cjs', 'penstock.cjs'].map((file) => chmod(join(dist, file), 0o755)));

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
