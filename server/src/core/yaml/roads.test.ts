import fc from 'fast-check';
import { expect, test } from 'vitest';
import { junk, sound } from '../../../../test/support/yaml-texts.ts';
import { readDocument } from './document-to-tree.ts';
import { readEvents } from './events-to-tree.ts';
import { parseYaml, type YamlOptions } from './parse-yaml.ts';

const seed = 20_261_123;

test.each<YamlOptions>([
  { version: '1.1', duplicateKeys: 'last' },
  { version: '1.2', duplicateKeys: 'refuse' },
])('both roads make the same tree, spans and problems of whatever the fast one takes (%j)', (options) => {
  let taken = 0;
  fc.assert(
    fc.property(sound, (text) => {
      const fast = attempt(() => readEvents(text, options).builder);
      if (fast === undefined) return;
      taken++;
      const forgiving = readDocument(text, options);
      expect(forgiving.root).toEqual(fast.root);
      expect(forgiving.problems).toEqual(fast.problems);
    }),
    { seed, numRuns: 1500 },
  );
  // Where hardly anything were taken, nothing would be proved.
  expect(taken).toBeGreaterThan(1000);
});

test('whatever is torn out of or put into a text, reading ends in a tree and problems inside the text', () => {
  const options: YamlOptions = { version: '1.1', duplicateKeys: 'last', strip: true };
  fc.assert(
    fc.property(sound, fc.nat(), fc.nat({ max: 6 }), junk, (text, where, gone, put) => {
      const at = where % (text.length + 1);
      const broken = text.slice(0, at) + put + text.slice(at + gone);
      for (const { span, message } of parseYaml(broken, options).problems) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThan(span.start);
        expect(span.end).toBeLessThanOrEqual(broken.length);
        expect(message).not.toMatch(/undefined|\.$/);
      }
    }),
    { seed, numRuns: 2000 },
  );
});

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
