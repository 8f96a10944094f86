import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systems } from '../../server/src/systems/index.ts';

test('the graph panel has the shape of the icon of every system that the graph shows', () => {
  const icons = readFileSync('webviews/shared/graph/icons.ts', 'utf8');
  for (const { id, icon, names } of systems)
    if (names.some(({ graph, lineage }) => graph ?? lineage))
      expect(icons, `${id} has the icon ${icon}`).toContain(`'@vscode/codicons/src/icons/${icon}.svg'`);
});
