// dbt's own parsers on the same project, in the same run.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from '../support/project.mjs';
import { best, timed } from './processes.mjs';

const folder = join(platform, '.venvs', 'dbt', process.platform === 'win32' ? 'Scripts' : 'bin');
const env = { RUST_BACKTRACE: '0', DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', DO_NOT_TRACK: '1' };

/** Whether the example platform's dbt is installed: `npm run example:setup`. */
export function hasDbt() {
  return existsSync(join(folder, 'dbt')) || existsSync(join(folder, 'dbt.exe'));
}

/** Times and memory of dbt Core's and dbt v2's `parse`, from nothing. What takes minutes runs once. */
export async function measureDbt(project, models) {
  const forget = () => rmSync(join(project, 'target'), { recursive: true, force: true });
  const parse = (name, ...args) =>
    timed(join(folder, name), ['parse', '--profiles-dir', '.', ...args], { cwd: project, env });
  const core = await best(models > 1000 ? 1 : 2, () => parse('dbt', '--no-partial-parse'), forget);
  const v2 = await best(3, () => parse('dbt-core-experimental-parser'), forget);
  forget();
  return { core, v2 };
}
