import { expect, test } from 'vitest';
import type { Fact } from './facts.ts';
import { ItemFacts } from './item-facts.ts';
import { MadeItems } from './made-items.ts';
import { SourceFile } from './source-file.ts';
import type { Project } from './system.ts';
import { itemsOf, type Node } from './tree.ts';
import { readYamlFile } from './yaml/yaml-file.ts';

const project = { root: '/w', system: 'toy' } as Project;
const wrappers = {};
const options = { version: '1.2', duplicateKeys: 'refuse' } as const;

function factsIn(source: SourceFile, rests: readonly unknown[] | undefined): readonly Fact[] {
  const items = ItemFacts.of(source, project, {
    rests,
    isSame: (a, b) => a.join() === b.join(),
    make: () => 'around',
  });
  const define = (span: Node['span'], name: string): Fact => ({
    fact: 'definition',
    namespace: 'toy.thing',
    scope: '',
    name,
    span,
    what: 'thing',
  });
  const { tree } = readYamlFile(source, options);
  const listed = source.kept(wrappers, () => new MadeItems<Node, { readonly node: Node }>());
  return items.of(
    'things',
    listed.of(itemsOf(tree), (node) => ({ node })),
    ({ node: { span } }) => [define(span, source.slice(span)), define({ start: 0, end: 0 }, 'file')],
  ).all;
}

test('the facts of an item that is the same are the very same, and move with it', () => {
  const first = new SourceFile('/w/a.yml', '- one\n- two\n- three\n');
  factsIn(first, ['x']);
  const second = new SourceFile('/w/a.yml', '- one\n- twos\n- three\n', first);
  const before = factsIn(second, ['x']);
  const third = new SourceFile('/w/a.yml', '- one\n- twosome\n- three\n', second);
  const after = factsIn(third, ['x']);
  expect(after.map((fact, at) => fact === before[at])).toEqual([true, true, false, false, true, true]);
  expect(after.map((fact) => fact.fact === 'definition' && third.slice(fact.span))).toEqual(['one', '', 'twosome', '', 'three', '']); // prettier-ignore
  const fourth = new SourceFile('/w/a.yml', '- one\n- twosome\n- threes\n', third);
  expect(factsIn(fourth, ['y']).some((fact) => after.includes(fact))).toBe(false);
});
