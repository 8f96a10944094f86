import type { RanIn } from './runner.ts';

/** Where this machine has a file that a service calls so; undefined where only its container has it. */
export function pathHere(path: string, { mounts }: Pick<RanIn, 'mounts'>): string | undefined {
  const mount = mounts.find(({ inside }) => path === inside || path.startsWith(`${inside}/`));
  return mount && mount.here + path.slice(mount.inside.length);
}

/** A text in which paths of the container are those of this machine. */
export function withPathsHere(text: string, { mounts }: Pick<RanIn, 'mounts'>): string {
  if (mounts.length === 0) return text;
  const folders = mounts.map(({ inside }) => inside.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // A folder begins a word, and a slash, the end or a sign that is no part of a name follows it.
  const named = new RegExp(`(?<![\\w./-])(?:${folders.join('|')})(?![\\w.-])`, 'g');
  return text.replace(named, (inside) => mounts.find((mount) => mount.inside === inside)?.here ?? inside);
}
