import { isAbsolute, relative } from 'node:path';

/** The folder that a CI service names files from: its checkout where the command runs inside it, else `cwd`. */
export function reportFolder(cwd: string, env: Readonly<Record<string, string | undefined>>): string {
  const checkout = env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR'];
  if (!checkout) return cwd;
  const inside = relative(checkout, cwd);
  return inside.startsWith('..') || isAbsolute(inside) ? cwd : checkout;
}
