// Bundles the three targets: the extension, the server with the command line, and the webviews.
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from './support/project.mjs';
import { buildPrograms, node, shared } from './support/programs.mjs';

const dist = join(root, 'dist');
const require = createRequire(import.meta.url);
const minify = !process.argv.includes('--dev');

const options = { minify, sourcemap: minify ? false : 'linked' };

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'webviews'), { recursive: true });
await Promise.all([
  build({
    ...node,
    ...options,
    format: 'cjs',
    entryPoints: ['extension/src/extension.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
  }),
  buildPrograms(dist, options),
  copyFile(join(root, 'server/schemas/penstock/penstock.json'), join(dist, 'penstock.schema.json')),
  buildWebviews(),
]);
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
    ...options,
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
