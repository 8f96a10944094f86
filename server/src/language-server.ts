import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
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
    // Beside the bundle, in the extension as in a checkout.
    pages: join(__dirname, '..', 'docs', 'rules'),
  });
}
