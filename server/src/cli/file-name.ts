import nodePath, { type PlatformPath } from 'node:path';

/** How a report calls a file: relative to `base`, with forward slashes; absolute only on another drive. */
export function fileName(base: string, path: string, on: PlatformPath = nodePath): string {
  const name = on.relative(base, path);
  return on.sep === '\\' ? name.replaceAll('\\', '/') : name;
}

/** The same as a URI reference. */
export function fileReference(base: string, path: string, on: PlatformPath = nodePath): string {
  const name = fileName(base, path, on);
  const encoded = name
    .split('/')
    .map((part) => (/^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part)))
    .join('/');
  if (!on.isAbsolute(name)) return encoded;
  return `file://${encoded.startsWith('/') ? '' : '/'}${encoded}`;
}
