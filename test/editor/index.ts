import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/**
 * The suite's door: what both a desktop and a browser-hosted VS Code call in the extension host.
 * Its results go to the file that PENSTOCK_SUITE_RESULTS names.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 180_000, slow: 10_000 });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  if (process.env['PENSTOCK_SUITE'] === 'restricted') await import('./restricted.ts');
  else await loadTrusted();
  const failures = await runAll(mocha);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

async function loadTrusted(): Promise<void> {
  await import('./activation.ts');
  await import('./findings.ts');
  await import('./navigation.ts');
  await import('./editing.ts');
  await import('./writing.ts');
  await import('./plan.ts');
  await import('./graph.ts');
  await import('./readiness.ts');
  await import('./compiled.ts');
  await import('./runs.ts');
  await import('./tests.ts');
}

/** Results are written after every test, so that a host which dies leaves what it had. */
function runAll(mocha: Mocha): Promise<number> {
  const failures: string[] = [];
  const report: string[] = [];
  let passed = 0;
  const write = (): void => {
    const file = process.env['PENSTOCK_SUITE_RESULTS'];
    if (file) writeFileSync(file, JSON.stringify({ passed, failures, report, ended }));
  };
  let ended = false;
  return new Promise((resolve) => {
    const runner = mocha.run((count) => {
      ended = true;
      write();
      resolve(count);
    });
    runner.on('pass', (test) => {
      passed += 1;
      report.push(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      write();
    });
    runner.on('fail', (test, error: Error) => {
      failures.push(`${test.fullTitle()}: ${error.message}`);
      report.push(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
      write();
    });
  });
}
