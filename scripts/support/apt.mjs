import { tryRun, which } from './process.mjs';

/** Installs a Debian package where that is allowed; where it is not, or fails, nothing is there afterwards. */
export async function installWithApt(name, why) {
  if (process.getuid?.() !== 0 || !which('apt-get')) return;
  console.log(`Installing ${name}, ${why} …`);
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await tryRun('apt-get', ['update'], options);
  const installed = await tryRun('apt-get', ['install', '-y', '--no-install-recommends', name], options);
  if (installed.code !== 0) console.log(installed.output.trim());
}
