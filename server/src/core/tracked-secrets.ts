import type { Finding } from './finding.ts';
import { isFoundIn } from './found-in.ts';
import { looksReal, lookSuspicious, secretLooks } from './secret-looks.ts';
import type { Span } from './span.ts';
import type { ParsedFile } from './system.ts';

/**
 * Values of a file that look like secrets: by their own looks anywhere, or by the key that its system knows to
 * hold one. `own` are the latter. They are findings only where git tracks the file. No message holds a value.
 */
export function findSecrets({ source, claim }: ParsedFile, own: readonly string[]): readonly Finding[] {
  const { text } = source;
  if (!formats.has(claim.format)) return [];
  const isSuspicious = isFoundIn(source, looksSuspicious);
  if (own.length === 0 && !isSuspicious) return [];
  const spans: Span[] = [];
  const add = (start: number, length: number): void => {
    const span = { start, end: start + length };
    if (!spans.some((other) => other.start < span.end && span.start < other.end)) spans.push(span);
  };
  if (isSuspicious)
    for (const pattern of secretLooks)
      for (const { 0: found, index } of text.matchAll(pattern))
        if (!/example/iu.test(found)) add(index, found.length);
  for (const value of own) {
    if (!looksReal(value)) continue;
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
      add(at, value.length);
  }
  return spans.map((span) => ({
    code: 'env/secret-in-tracked-file',
    severity: 'warning',
    span,
    message: `${nameAt(text, span.start)} looks like a secret, and git tracks this file; ${claim.format === 'dotenv' ? 'take the file out of git and ignore it there' : 'keep it in `.env` and refer to it'}`,
    onlyTracked: true,
  }));
}

function looksSuspicious(text: string): boolean {
  return lookSuspicious.test(text);
}

/** Code holds examples and hashes that mean nothing. */
const formats: ReadonlySet<string> = new Set(['yaml', 'json', 'sql', 'dotenv']);

/** The key before a value in its line, for a person. */
function nameAt(text: string, offset: number): string {
  const key = keyBefore(text, offset);
  return key === undefined ? 'this' : `\`${key}\``;
}

/** The key that a value stands at: `password` of `password: x` and of `"password": "x"`. */
export function keyBefore(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).slice(-300);
  return /([A-Za-z_][\w.-]*)["']?\s*[:=]\s*[^:=,{}]*(?::\/\/[^:]*:)?$/u.exec(line)?.[1];
}
