import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, cached, fingerprint } from '../support/cache.mjs';
import { Problem } from '../support/problem.mjs';
import { run } from '../support/process.mjs';
import { projectEnv } from '../support/project.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Gives the editor for the browser, installed from the lock file beside this script into the cache.
 * About 600 MB and half a minute the first time.
 */
export async function installHost() {
  const lock = join(here, 'package-lock.json');
  const wanted = join(cacheFolder(), `editor-host-${fingerprint([lock])}`);
  if (!existsSync(wanted)) console.log('Installing the editor for the browser (once, about 600 MB) …');
  const folder = await cached(wanted, async (draft) => {
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(here, file), join(draft, file));
    // Without install scripts no compiler and no system library is needed; the editor does not miss them.
    await npmCi(draft);
    await npmCi(join(draft, 'node_modules', 'code-server', 'lib', 'vscode'));
  });
  const codeServer = join(folder, 'node_modules', 'code-server');
  const host = {
    folder,
    entry: join(codeServer, 'out', 'node', 'entry.js'),
    serverMain: join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'),
  };
  if (existsSync(host.entry) && existsSync(host.serverMain)) return host;
  throw new Problem(`The editor host in the cache is damaged: delete ${folder} and try again.`);
}

function npmCi(cwd) {
  return run(
    'npm',
    ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'],
    {
      cwd,
      env: projectEnv(),
      quiet: true,
      why: 'The editor for the browser could not be installed (is the npm registry reachable?)',
    },
  );
}
