import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this user's programs keep what can be made anew, for Penstock alone. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  if (environment['XDG_CACHE_HOME']) return join(environment['XDG_CACHE_HOME'], 'penstock');
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'penstock', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'penstock');
  return join(homedir(), '.cache', 'penstock');
}
