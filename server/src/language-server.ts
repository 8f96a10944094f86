import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { build } from './build.ts';
import { cacheFolder } from './files/cache-folder.ts';
import { createNodePause } from './files/node-pause.ts';
import { createParseCache } from './files/parse-cache.ts';
import { startServer } from './lsp/server.ts';
import { systems } from './systems/index.ts';
import { version } from './version.ts';

if (process.argv.includes('--version')) {
  process.stdout.write(`${version}\n`);
} else {
  if (!process.argv.some((each) => /^--(stdio|node-ipc|socket|pipe)/.test(each)))
    process.argv.push('--stdio');
  startServer(createConnection(ProposedFeatures.all), {
    systems,
    version,
    ...(build === undefined
      ? {}
      : { cache: createParseCache({ folder: cacheFolder(), build, pause: createNodePause() }) }),
    // Beside the bundle, in the extension as in a checkout.
    pages: join(__dirname, '..', 'docs', 'rules'),
  });
}
