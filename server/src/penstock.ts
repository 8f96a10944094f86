import { main } from './cli/main.ts';
import { systems } from './systems/index.ts';
import { version } from './version.ts';

void main(process.argv.slice(2), { systems, version }).then((status) => {
  process.exitCode = status;
});
