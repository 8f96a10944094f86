import fc from 'fast-check';
import { expect, test } from 'vitest';
import { junk, sound } from '../../../../test/support/yaml-texts.ts';
import type { Problem } from '../system.ts';
import { changeBetween } from '../text-change.ts';
import { parseYaml, readText, type YamlOptions } from './parse-yaml.ts';
import { reread, type SoundText } from './reread.ts';

const seed = 20_261_129;
const options: YamlOptions = { version: '1.2', duplicateKeys: 'refuse' };

const line = fc.constantFrom(
  '- new',
  '- name: x',
  'key: value',
  '# note',
  '- ',
  '- - a',
  'text',
  '-',
  '- &new x',
  '- *one',
);
const typed = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('x', ' ', 'a b', '1', '#', "'", '-') },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(0, 2, 4, 6), line)
      .map(([deep, text]) => `\n${' '.repeat(deep)}${text}`),
  },
  { weight: 1, arbitrary: junk },
);
const edit = fc.tuple(
  fc.nat(),
  fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 12 }) }),
  typed,
);

/** Lists of what else is generated, as long files have them, behind and before other things. */
const listed = fc
  .tuple(
    fc.array(sound, { minLength: 2, maxLength: 5 }),
    fc.constantFrom(0, 2),
    fc.constantFrom('\n', '\n\n', '\n# note\n', '\n  # note\n'),
    fc.boolean(),
  )
  .map(([texts, deep, between, hasTail]) => {
    const items = texts.map((text) => {
      const lines = text
        .replaceAll(/^(?:\ufeff|---\n|# head\n|# a\n\n# b\n)/g, '')
        .trimEnd()
        .split('\n');
      return lines.map((each, at) => `${' '.repeat(deep)}${at === 0 ? '- ' : '  '}${each}`).join('\n');
    });
    return `head: &base\n  a: 1\nlist:\n${items.join(between)}\n${hasTail ? 'tail:\n  <<: *base\n  b: [*base]\n' : ''}`;
  });

test('a text that is read on from its former version is read as it is from the start', () => {
  let taken = 0;
  const run = (text: string, edits: readonly (readonly [number, number, string])[]): void => {
    let before = readText(text, options).sound;
    let now = text;
    for (const [where, gone, put] of edits) {
      const at = where % (now.length + 1);
      const next = now.slice(0, at) + put + now.slice(at + gone);
      const whole = readText(next, options);
      const further: SoundText | undefined =
        before && reread(before, next, { change: changeBetween(before.text, next), options });
      if (further) {
        taken++;
        expect({ next, tree: further.tree }).toEqual({ next, tree: whole.result.tree });
        expect(byPlace(further.problems)).toEqual(byPlace(whole.result.problems));
        expect(whole.sound).toBeDefined();
      }
      now = next;
      before = further ?? whole.sound;
      // A text that broke stays broken for the most part, and would prove nothing more.
      if (before !== undefined) continue;
      now = text;
      before = readText(text, options).sound;
    }
  };
  fc.assert(fc.property(fc.oneof(sound, listed), fc.array(edit, { minLength: 1, maxLength: 12 }), run), {
    seed: Number(process.env['SEED'] ?? seed),
    numRuns: Number(process.env['RUNS'] ?? 600),
  });
  // Where hardly anything were read on, nothing would be proved.
  expect(taken).toBeGreaterThan(Number(process.env['RUNS'] ?? 600) / 2);
});

function byPlace(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
}

test('a broken text, one of several documents and one with tabs are read whole', () => {
  for (const text of ['- a\n- "b', '- a\n---\n- b', '- a\t\n- b', '- &a x\n- &a y'])
    expect(readText(text, options).sound).toBeUndefined();
  expect(parseYaml('- a\n- b', options).problems).toEqual([]);
});
