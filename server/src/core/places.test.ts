import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allPlaces, isSomewhere, noPlaces, withoutFile, withPlace, type Places } from './places.ts';

interface Item {
  readonly path: string;
  readonly at: number;
}

test('places are what was added and not dropped again, few or many', () => {
  const step = fc.record({ path: fc.integer({ min: 0, max: 60 }).map(String), drops: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let places: Places<Item> = noPlaces;
      let plain: Item[] = [];
      for (const [at, { path, drops }] of steps.entries()) {
        if (drops && at % 3 === 0) {
          places = withoutFile(places, path);
          plain = plain.filter((each) => each.path !== path);
        } else {
          places = withPlace(places, { path, at });
          plain.push({ path, at });
        }
        expect(isSomewhere(places)).toBe(plain.length > 0);
      }
      const sorted = [...allPlaces(places)].sort((a, b) => a.at - b.at);
      expect(sorted).toEqual(plain);
      expect(noPlaces).toEqual([]);
    }),
  );
});
