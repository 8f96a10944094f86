/**
 * A pattern as Python's `Path.glob` reads it: `*`, `?` and `[…]` stay within one name, `**` as a whole
 * segment stands for any number of folders. Undefined for a pattern that leaves the project.
 */
export function globToRegExp(pattern: string): RegExp | undefined {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0 || pattern.startsWith('/') || segments.includes('..')) return undefined;
  const parts = segments.map((segment, at) => {
    if (segment === '**') return '(?:[^/]+/)*';
    return segmentSource(segment) + (at < segments.length - 1 ? '/' : '');
  });
  // Python gives folders only for a pattern that ends in `**`, and Meltano includes files.
  return segments.at(-1) === '**' ? undefined : new RegExp(`^${parts.join('')}$`, 'u');
}

/** A pattern as Python's `fnmatch` reads it: `*` stands for anything, slashes and dots too. */
export function wildcards(pattern: string): RegExp {
  return new RegExp(`^${segmentSource(pattern).replaceAll('[^/]', '.')}$`, 'su');
}

function segmentSource(segment: string): string {
  let source = '';
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at]!;
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const set = /^\[(!?)(\]?[^\]]*)\]/u.exec(segment.slice(at));
      if (!set) source += '\\[';
      else {
        source += `[${set[1] ? '^' : ''}${set[2]!.replace(/[\\\]^[&~|]/gu, '\\$&')}]`;
        at += set[0].length - 1;
      }
    } else source += char.replace(/[\\^$.|+(){}/\]-]/gu, (each) => (each === '-' ? each : `\\${each}`));
  }
  return source;
}
