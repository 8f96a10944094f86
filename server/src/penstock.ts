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
const programs = dirname(realpathSync(process.argv[1]!));
const pages = join(programs, '..', 'docs', 'rules');

// From its sources Penstock keeps nothing, and there is no bundle of what reads ahead.
const bundled =
  build === undefined
    ? {}
    : {
        cache: createParseCache({ folder: cacheFolder(), build, pause: createNodePause() }),
        reader: { program: join(programs, 'reader.cjs') },
      };

// A language server lives on, and is better off with what V8 does by itself.
letOldSpaceGrow();

void main(process.argv.slice(2), { systems, version, pages, ...bundled }).then((status) => {
  process.exitCode = status;
});
