import { baseName } from '../../core/path.ts';
import type { Claim } from '../../core/system.ts';

/** `override` is laid over `main` by itself; `other` is started by name, alone or laid over others. */
export type ComposeFileKind = 'main' | 'override' | 'other';

const main = /^(?:docker-)?compose\.ya?ml$/;
const override = /^(?:docker-)?compose\.override\.ya?ml$/;
const other = /^(?:docker-?)?compose(?:[._-].*)?\.ya?ml$|[._-](?:docker-)?compose\.ya?ml$/i;
/** Names under which people keep what they extend or include. */
const likely = /(?:docker|stack|swarm|services?|common|base|infra)[\w.-]*\.ya?ml$/i;

/** What a file is by its name; undefined where its text must tell. */
function kindOf(path: string): ComposeFileKind | undefined {
  const name = baseName(path);
  if (main.test(name)) return 'main';
  if (override.test(name)) return 'override';
  return other.test(name) ? 'other' : undefined;
}

export function claimCompose(path: string, head: () => string): Claim | undefined {
  const kind = kindOf(path);
  if (kind) return claim(kind);
  return likely.test(baseName(path)) && holdsServices(head()) ? claim('other') : undefined;
}

/** What another compose file includes or extends is one, whatever its name. */
export function claimPart(path: string): Claim | undefined {
  return /\.ya?ml$/i.test(path) ? claim('other') : undefined;
}

function holdsServices(head: string): boolean {
  return /^services:[ \t\r]*(?:#.*)?$/m.test(head) && /^[ \t]+(?:image|build|extends):/m.test(head);
}

function claim(kind: ComposeFileKind): Claim {
  return { kind, format: 'yaml', readsText: true, priority: 15 };
}
