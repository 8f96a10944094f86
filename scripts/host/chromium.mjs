import { existsSync } from 'node:fs';
import { installWithApt } from '../support/apt.mjs';
import { Problem } from '../support/problem.mjs';
import { which } from '../support/process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** With these a Chromium starts on a bare machine and speaks to nobody but the tests. */
export const chromiumOptions = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium on this machine; CHROMIUM names another. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named && !existsSync(named)) throw new Problem(`CHROMIUM names ${named}, which does not exist.`);
  return named || names.map((name) => which(name)).find(Boolean) || places.find((file) => existsSync(file));
}

/** Gives a Chromium, installed with apt-get where that is allowed and none is there. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  await installWithApt('chromium', 'in which the browser suites run');
  const now = findChromium();
  if (now) return now;
  throw new Problem('No Chromium was found: install chromium or Google Chrome, or name one in CHROMIUM.');
}
