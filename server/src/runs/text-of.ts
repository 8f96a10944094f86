import { readFileSync } from 'node:fs';

/** The text of a file (a file-system path); '' where it cannot be read, or is longer. */
export function textOf(file: string, longest: number): string {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > longest ? '' : text;
  } catch {
    return '';
  }
}
