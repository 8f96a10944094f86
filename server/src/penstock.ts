import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.ts';
import { main } from './cli/main.ts';
import { cacheFolder } from './files/cache-folder.ts';
import { createNodePause } from './files/node-pause.ts';
import { letOldSpaceGrow } from './files/old-space.ts';
import { createParseCache } from './files/parse-cache.ts';
import { systems } from './systems/index.ts';
import { version } from './version.ts';

// Beside the program in the package: npm starts it through a link.
const pages = join(dirname(realpathSync(process.argv[1]!)), '..', 'docs', 'rules');

const cache =
  build === undefined
    ? undefined
    : createParseCache({ folder: cacheFolder(), build, pause: createNodePause() });

// A language server lives on, and is better off with what V8 does by itself.
letOldSpaceGrow();

void main(process.argv.slice(2), { systems, version, pages, ...(cache ? { cache } : {}) }).then((status) => {
  process.exitCode = status;
});
