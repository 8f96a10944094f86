/** One line of a `.dbtignore`: which paths it is about, and whether it takes them in again. */
export interface IgnoredPath {
  /** The source of a regular expression for paths from the project's folder. */
  readonly pattern: string;
  readonly isIgnored: boolean;
}

/** Reads the lines as git reads those of a `.gitignore`. */
export function readIgnored(text: string): readonly IgnoredPath[] {
  return text.split(/\r?\n/).flatMap((raw) => {
    const line = raw.replace(/(?<!\\)\s+$/, '');
    if (line === '' || line.startsWith('#')) return [];
    const isIgnored = !line.startsWith('!');
    const pattern = patternOf(isIgnored ? line.replace(/^\\(?=[#!])/, '') : line.slice(1));
    return pattern === undefined || !isPattern(pattern) ? [] : [{ pattern, isIgnored }];
  });
}

/** A class of letters may be written backwards: `[z-a]`. */
function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** The last line that is about the path decides. */
export function isIgnored(path: string, lines: readonly IgnoredPath[]): boolean {
  let ignored = false;
  for (const line of lines) if (new RegExp(line.pattern, 'u').test(path)) ignored = line.isIgnored;
  return ignored;
}

/** Without a slash, or with one at its end alone, a name is found in any folder. */
function patternOf(glob: string): string | undefined {
  const isFolder = glob.endsWith('/');
  const body = glob.replace(/\/+$/, '');
  if (body === '') return undefined;
  const isAnchored = body.includes('/');
  const parts = body.replace(/^\//, '').split('/');
  const regex = parts
    .map((part, at) => {
      const isLast = at === parts.length - 1;
      if (part === '**') return isLast ? '.+' : '(?:[^/]+/)*';
      return segment(part) + (isLast ? '' : '/');
    })
    .join('');
  return `${isAnchored ? '^' : '^(?:.*/)?'}${regex}${isFolder ? '/' : '(?:/|$)'}`;
}

function segment(part: string): string {
  let found = '';
  for (let at = 0; at < part.length; at++) {
    const char = part[at]!;
    const close = char === '[' ? part.indexOf(']', at + 2) : -1;
    if (char === '*') found += '[^/]*';
    else if (char === '?') found += '[^/]';
    else if (close > 0) {
      const inner = part
        .slice(at + 1, close)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\')
        .replaceAll('[', '\\[');
      found += `[${inner}]`;
      at = close;
    } else {
      if (char === '\\' && at + 1 < part.length) at++;
      found += part[at]!.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    }
  }
  return found;
}
