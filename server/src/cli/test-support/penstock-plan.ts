import { main } from '../main.ts';
import { plan } from '../../systems/plan/index.ts';

/** `penstock plan` as a process of its own, which knows planning documents and nothing else. */
process.exitCode = await main(['plan', ...process.argv.slice(2)], { systems: [plan], version: '0' });
