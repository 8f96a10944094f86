import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from './problem.mjs';
import { tryRun } from './process.mjs';
import { projectEnv, projectNode, root } from './project.mjs';

/** What a suite gives: how many of its tests passed, and a sentence for each that failed. */
export function outcome(passed, failures = []) {
  return { passed, failures };
}

/** Programs that pass or fail as a whole: a title, then a script of ours or a program of node_modules. */
export async function commands(rows) {
  const failures = [];
  for (const [title, program, ...args] of rows) {
    const file = program.endsWith('.mjs') ? join(root, program) : binOf(program);
    const { code } = await tryRun(projectNode(), [file, ...args], { cwd: root, env: projectEnv() });
    if (code !== 0) failures.push(`${title} (ended with ${code})`);
  }
  return outcome(rows.length - failures.length, failures);
}

/** A vitest configuration, counted by test. */
export async function vitest(name, config, env) {
  const report = join(root, 'out', 'tests', `${name}.json`);
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [binOf('vitest'), 'run', '--config', config, ...reporters];
  const { code } = await tryRun(projectNode(), args, { cwd: root, env: { ...projectEnv(), ...env } });
  if (!existsSync(report)) return outcome(0, [`vitest ended with ${code} and left no report`]);
  return countVitest(JSON.parse(readFileSync(report, 'utf8')), code);
}

function countVitest(report, code) {
  const failures = [];
  let passed = 0;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    passed += file.assertionResults.filter((test) => test.status === 'passed').length;
    failures.push(...failed.map((test) => test.fullName));
    if (file.status !== 'passed' && failed.length === 0) failures.push(`${file.name}: ${file.message}`);
  }
  if (passed + failures.length === 0) failures.push('no test was found');
  if (code !== 0 && failures.length === 0)
    failures.push(`vitest ended with ${code} although every test passed`);
  return outcome(passed, failures);
}

/** `package` or `package:program`. */
function binOf(name) {
  const [pkg, bin = pkg] = name.split(':');
  const manifest = join(root, 'node_modules', pkg, 'package.json');
  if (!existsSync(manifest)) throw new Problem(`${pkg} is not installed: run \`npm ci\`.`);
  const bins = JSON.parse(readFileSync(manifest, 'utf8')).bin;
  return join(dirname(manifest), typeof bins === 'string' ? bins : bins[bin]);
}
