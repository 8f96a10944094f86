import { baseName } from '../../core/path.ts';
import type { Claim } from '../../core/system.ts';

/** `template`: tells which variables somebody must set, and sets none. `script`: what a shell reads. `reader`: see `readers.ts`. */
export type EnvFileKind = 'variables' | 'template' | 'script' | 'reader';

/** What stands behind `.env.` where a file is no list of variables: other languages, what is encrypted, leftovers. */
const foreign =
  /\.(?:json|ya?ml|toml|[cm]?[jt]sx?|py|rb|md|ps1|enc|encrypted|gpg|asc|age|zip|t?gz|tar|sw[op]|tmp|bak|orig|rej|old|backup)$/i;

const template = /\.(?:example|template|tmpl|tpl|sample|dist)\b/i;

/** Files of variables, told by their names alone. */
export function claimEnvFile(path: string): Claim | undefined {
  const name = baseName(path);
  if (name === '.envrc') return claim('script');
  // Compose is handed files such as `web.env`.
  if (/^[\w-][\w.-]*\.env$/.test(name)) return claim('variables');
  if (name !== '.env' && !name.startsWith('.env.')) return undefined;
  if (template.test(name)) return claim('template');
  return foreign.test(name) ? undefined : claim('variables');
}

function claim(kind: EnvFileKind): Claim {
  return { kind, format: 'dotenv', readsText: true, priority: 20 };
}
