import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from './cli/main.ts';
import { systems } from './systems/index.ts';
import { version } from './version.ts';

// Beside the program in the package: npm starts it through a link.
const pages = join(dirname(realpathSync(process.argv[1]!)), '..', 'docs', 'rules');

void main(process.argv.slice(2), { systems, version, pages }).then((status) => {
  process.exitCode = status;
});
