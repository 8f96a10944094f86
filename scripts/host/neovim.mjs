import { existsSync } from 'node:fs';
import { installWithApt } from '../support/apt.mjs';
import { Problem } from '../support/problem.mjs';
import { which } from '../support/process.mjs';

/** The Neovim on this machine; NEOVIM names another. */
export function findNeovim() {
  const named = process.env.NEOVIM;
  if (named && !existsSync(named)) throw new Problem(`NEOVIM names ${named}, which does not exist.`);
  const found = named || which('nvim');
  if (found) return found;
  throw new Problem(
    'No Neovim was found: install the package neovim (apt-get, dnf, brew, winget), or name one in NEOVIM.',
  );
}

/** Installs Neovim with apt-get where that is allowed and none is there; its test says what is missing otherwise. */
export async function prepareNeovim() {
  if (!process.env.NEOVIM && !which('nvim'))
    await installWithApt('neovim', 'to which a test attaches the server');
}
