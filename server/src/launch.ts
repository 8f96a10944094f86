import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { build } from './build.ts';
import { cacheFolder } from './files/cache-folder.ts';
import { limitYoungSpace } from './files/young-space.ts';

/** The bundle that does the work, put in by the bundler. */
declare const PENSTOCK_PROGRAM: string;
declare const require: (file: string) => unknown;

// Compiling the bundle is half of what a start costs; Node keeps the outcome beside what Penstock itself keeps.
if (build !== undefined) {
  try {
    mkdirSync(cacheFolder(), { recursive: true, mode: 0o700 });
    enableCompileCache(join(cacheFolder(), `code-${build}`));
  } catch {
    // A home that cannot be written to costs this start what it always did.
  }
}
limitYoungSpace();
require(PENSTOCK_PROGRAM);
