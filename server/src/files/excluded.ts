import picomatch from 'picomatch';

/** Tells whether a path (URI path) lies under what the user's globs exclude; globs are relative to any of `folders`. */
export function createExclusion(
  folders: readonly string[],
  globs: readonly string[],
): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const isMatch = picomatch([...globs], { dot: true });
  return (path) => {
    const folder = folders.find((each) => path.startsWith(`${each}/`));
    return folder !== undefined && isMatch(path.slice(folder.length + 1));
  };
}
