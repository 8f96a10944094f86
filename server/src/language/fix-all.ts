import type { Finding, Fix, TextEdit } from '../core/finding.ts';

/** Several fixes as one: what they make, and their edits, none over another. */
export interface FixSet {
  readonly edits: readonly TextEdit[];
  readonly creates: NonNullable<Fix['creates']>;
  /** How many findings it mends. */
  readonly count: number;
}

/** The first certain fix of each finding. Of two that touch the same text the first counts: a second look mends the other. */
export function fixAll(findings: readonly Finding[]): FixSet {
  const edits: TextEdit[] = [];
  const creates = new Map<string, string>();
  let count = 0;
  for (const { fixes = [] } of findings) {
    const fix = fixes.find((each) => each.certain);
    if (!fix || fix.edits.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
    const made = fix.creates ?? [];
    if (made.some(({ path, text }) => (creates.get(path) ?? text) !== text)) continue;
    edits.push(...fix.edits);
    for (const { path, text } of made) creates.set(path, text);
    count++;
  }
  return { edits, creates: [...creates].map(([path, text]) => ({ path, text })), count };
}

/** Two insertions at one place overlap too: their order would be a guess. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.path !== b.path) return false;
  if (a.span.start === b.span.start && a.span.end === b.span.end) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
