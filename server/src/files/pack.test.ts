import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Packer, Unpacker } from './pack.ts';

/** What `Unpacker` gives for each of the values, read back in the other order. */
function roundTrip(values: readonly unknown[]): readonly unknown[] {
  const packer = new Packer();
  const starts = values.map((value) => packer.add(value));
  const { words, ...tables } = packer.finish();
  const unpacker = new Unpacker({ ...tables, words: Uint32Array.from(words.flatMap((each) => [...each])) });
  return starts
    .toReversed()
    .map((start) => unpacker.read(start))
    .toReversed();
}

test('what JSON can say is unpacked as it was packed', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      expect(roundTrip(values)).toEqual(values);
    }),
  );
});

test('a key is only a key, whatever JavaScript calls so', () => {
  const values = [
    '{"__proto__": {"a": 1}, "b": 2}',
    '{"__proto__": "text"}',
    '{"constructor": 1, "toString": {}}',
  ];
  const read = roundTrip(values.map((text) => JSON.parse(text) as unknown));
  expect(read.map((each) => JSON.stringify(each))).toEqual(
    values.map((text) => text.replaceAll(/([:,]) /g, '$1')),
  );
  expect(Object.getPrototypeOf(read[0])).toBe(Object.prototype);
});

test('values that fill many portions are found where they began', () => {
  const values = Array.from({ length: 30_000 }, (_, at) => ({
    name: `name ${at}`,
    same: 'same',
    span: { start: at },
  }));
  expect(roundTrip(values)).toEqual(values);
});

test('what is no plain value is refused', () => {
  expect(() => new Packer().add({ call: () => 1 })).toThrow(TypeError);
});
