import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, cached, fingerprint } from '../support/cache.mjs';
import { run } from '../support/process.mjs';

const here = join(dirname(fileURLToPath(import.meta.url)), 'rival');

/** Installs what Penstock is measured beside from the lock file in `rival` into the cache; gives the folder. */
export function installRivals() {
  const lock = join(here, 'package-lock.json');
  return cached(join(cacheFolder(), `bench-rival-${fingerprint([lock])}`), async (draft) => {
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(here, file), join(draft, file));
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: draft,
      quiet: true,
      why: 'what is measured beside Penstock could not be installed (is the npm registry reachable?)',
    });
  });
}
