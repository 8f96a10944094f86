import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { OutlineSymbol } from '../../core/system.ts';
import { outline } from '../../language/symbols.ts';
import { folds } from '../../language/fold.ts';
import { dbt } from './index.ts';

type Shape = readonly [name: string, text: string, children: readonly Shape[]];

async function outlined(path: string, text: string): Promise<readonly Shape[]> {
  const { platform } = await openFixture([dbt], { '/w/dbt_project.yml': 'name: shop\n', [path]: text });
  const shape = ({ name, span, children }: OutlineSymbol): Shape => [
    name,
    text.slice(span.start, span.end),
    children.map(shape),
  ];
  return outline(platform, path).map(shape);
}

test('the outline of SQL is of its blocks, each with those inside of it', async () => {
  const branch = '{% if a == 1 %}x{% endif %}';
  const macro = `{% macro cents(a) %}{% set b = 1 %}${branch}{% endmacro %}`;
  expect(await outlined('/w/macros/m.sql', `${macro}\n`)).toEqual([
    ['cents', macro, [['if a == 1', branch, []]]],
  ]);
  // What is not closed yet reaches to the end, or to that of what it stands in.
  expect(await outlined('/w/models/a.sql', '{% for a in b %}{% if c %}x{% endfor %}y{% if d %}z')).toEqual([
    ['for a in b', '{% for a in b %}{% if c %}x{% endfor %}', [['if c', '{% if c %}x', []]]],
    ['if d', '{% if d %}z', []],
  ]);
});

test('an outline is only so deep', async () => {
  const depthOf = (shapes: readonly Shape[]): number =>
    shapes.length === 0 ? 0 : 1 + Math.max(...shapes.map(([, , children]) => depthOf(children)));
  expect(depthOf(await outlined('/w/models/a.sql', '{% if a %}'.repeat(1000)))).toBe(12);
});

test('docs blocks are outlined and folded', async () => {
  const block = '{% docs orders %}\nAll\norders.\n{% enddocs %}';
  const text = `# Notes\n${block}\n`;
  expect(await outlined('/w/models/d.md', text)).toEqual([['orders', block, []]]);
  const files = { '/w/dbt_project.yml': 'name: shop\n', '/w/models/d.md': text };
  const { platform } = await openFixture([dbt], files);
  expect(folds(platform, '/w/models/d.md')).toContainEqual(expect.objectContaining({ start: 1, end: 3 }));
});
