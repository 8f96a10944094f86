import { resolvePath } from '../../core/path.ts';
import type { Mount } from '../../core/services.ts';
import { get, itemsOf, type Node } from '../../core/tree.ts';
import { fill } from './template.ts';

/** What a service's `volumes` and `tmpfs` put where, paths of this machine as they are written; entries that cannot be read are left out. */
export function mountsOf(service: Node): readonly Mount[] {
  const tmpfs = get(service, 'tmpfs');
  return [
    ...itemsOf(get(service, 'volumes')).flatMap((entry) => mountOf(entry) ?? []),
    ...(tmpfs?.kind === 'scalar' ? [tmpfs] : itemsOf(tmpfs)).flatMap((entry) => tmpfsOf(entry) ?? []),
  ];
}

/** The parts of a short entry: `source:target:options`, or a target alone. Colons of variables and of drives part nothing. */
export function shortParts(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '$' && text[at + 1] === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    const isDrive = part.length === 1 && /[A-Za-z]/.test(part) && /[\\/]/.test(text[at + 1] ?? '');
    if (char === ':' && depth === 0 && !isDrive) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
}

/** True for what compose takes for a path, not for a volume's name. */
export function isPath(source: string): boolean {
  return /^[./~]|^\\\\|^[A-Za-z]:/.test(source);
}

function mountOf(entry: Node): Mount | undefined {
  if (entry.kind === 'scalar') return typeof entry.value === 'string' ? shortMount(entry.text) : undefined;
  if (entry.kind !== 'map') return undefined;
  const text = (key: string): string | undefined => {
    const node = get(entry, key);
    return node?.kind === 'scalar' ? node.text : undefined;
  };
  const [kind, source, target] = [text('type'), text('source'), text('target')];
  if (target === undefined || (kind !== 'bind' && kind !== 'volume' && kind !== 'tmpfs')) return undefined;
  const flag = get(entry, 'read_only');
  const readOnly = flag?.kind === 'scalar' && flag.value === true;
  if (kind === 'tmpfs') return withTarget({ kind }, target);
  return withTarget({ ...sourceOf(kind, source), ...(readOnly ? { readOnly } : {}) }, target);
}

function shortMount(text: string): Mount | undefined {
  const parts = shortParts(text);
  if (parts.some((part) => part === '') || parts.length > 3) return undefined;
  if (parts.length === 1) return withTarget({ kind: 'volume' }, parts[0]!);
  const [source, target, options] = parts as [string, string, string?];
  const readOnly = options?.split(',').includes('ro') === true;
  const head = fill(source)?.text ?? source;
  const kind = isPath(head) || head.startsWith('$') ? 'bind' : 'volume';
  return withTarget({ ...sourceOf(kind, source), ...(readOnly ? { readOnly } : {}) }, target);
}

function tmpfsOf(entry: Node): Mount | undefined {
  return entry.kind === 'scalar' ? withTarget({ kind: 'tmpfs' }, shortParts(entry.text)[0]!) : undefined;
}

function withTarget(mount: Omit<Mount, 'target'>, text: string): Mount | undefined {
  const target = fill(text)?.text;
  return target?.startsWith('/') ? { ...mount, target: resolvePath('/', target) } : undefined;
}

/** Where it lies; a home folder and what a variable without a default decides are not known. */
function sourceOf(kind: 'bind' | 'volume', text: string | undefined): Omit<Mount, 'target'> {
  if (text === undefined) return { kind };
  const filled = fill(text);
  if (filled === undefined || (kind === 'bind' && /^(?:~|\\|[A-Za-z]:|$)/.test(filled.text)))
    return { kind, unknown: true };
  const variables = filled.variables.length > 0 ? { variables: filled.variables } : {};
  return { kind, source: filled.text, ...variables };
}
