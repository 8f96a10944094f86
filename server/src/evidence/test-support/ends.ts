import { afterEach } from 'vitest';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Does this once the test has ended; what was asked for last comes first. */
export function atEnd(end: () => unknown): void {
  ends.push(end);
}
