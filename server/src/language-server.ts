import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { build } from './build.ts';
import { createHistoryFile } from './evidence/history-file.ts';
import { createCheckRunner } from './evidence/run-checks.ts';
import { cacheFolder } from './files/cache-folder.ts';
import { createNodePause } from './files/node-pause.ts';
import { createParseCache } from './files/parse-cache.ts';
import { startServer } from './lsp/server.ts';
import { createRunHistory } from './runs/run-history.ts';
import { systems } from './systems/index.ts';
import { version } from './version.ts';

// A server lives for days beside the editor: V8 would sooner let its heap grow to a multiple of what is in use.
setFlagsFromString('--heap-growing-percent=40');

if (process.argv.includes('--version')) {
  process.stdout.write(`${version}\n`);
} else {
  if (!process.argv.some((each) => /^--(stdio|node-ipc|socket|pipe)/.test(each)))
    process.argv.push('--stdio');
  const history = createRunHistory(process.env);
  startServer(createConnection(ProposedFeatures.all), {
    systems,
    version,
    history,
    runner: createCheckRunner({ systems, history, env: process.env }),
    readinessHistory: createHistoryFile(),
    ...(build === undefined
      ? {}
      : { cache: createParseCache({ folder: cacheFolder(), build, pause: createNodePause() }) }),
    // Beside the bundle, in the extension as in a checkout.
    reader: { program: join(__dirname, 'reader.cjs') },
    pages: join(__dirname, '..', 'docs', 'rules'),
  });
}
