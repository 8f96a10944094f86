import { expect, test } from 'vitest';
import { systems } from '../../server/src/systems/index.ts';
import { systemIds } from '../../server/src/systems/penstock/system-ids.ts';

test('a check can be about every system', () => {
  expect(systemIds).toEqual(systems.map(({ id }) => id));
});
