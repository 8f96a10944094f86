import { expect, test } from 'vitest';
import { SourceFile } from '../../core/source-file.ts';
import { itemsOf, type ScalarNode } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { yamlOptions } from './layout.ts';
import { openEnd, tokensOf } from './tokens.ts';

function read(text: string): { source: SourceFile; scalar: ScalarNode } {
  const source = new SourceFile('/w/a.yml', text);
  const [scalar] = itemsOf(parseYaml(text, yamlOptions).tree) as ScalarNode[];
  return { source, scalar: scalar! };
}

test.each([
  ['- tap-x target-y', ['tap-x', 'target-y']],
  ['- "tap-x target-y"', ['tap-x', 'target-y']],
  ['- tap-x\n  target-y', ['tap-x', 'target-y']],
  ['- >-\n  tap-x\n  target-y', ['tap-x', 'target-y']],
  ['- tap-x  target-y', ['tap-x', '', 'target-y']],
  [`- ' tap-x'`, ['', 'tap-x']],
])('the blocks of %j stand where they are written', (text, blocks) => {
  const { source, scalar } = read(text);
  const tokens = tokensOf(source, scalar);
  expect(tokens.map((token) => token.text)).toEqual(blocks);
  for (const token of tokens) if (token.text !== '') expect(source.slice(token.span)).toBe(token.text);
});

test('a block whose letters are escaped stands for the whole task', () => {
  const { source, scalar } = read('- "t\\x61p-x target-y"');
  expect(tokensOf(source, scalar)[0]).toEqual({ text: 'tap-x', span: scalar.span });
});

test.each([
  ['- tap-x \n', { start: 8, end: 8 }],
  ['- tap-x   ', { start: 8, end: 10 }],
  ['- tap-x\n', undefined],
  ['- tap-x # loader\n', undefined],
  ['- "tap-x" \n', undefined],
])('the next block of %j is typed at %j', (text, span) => {
  const { source, scalar } = read(text);
  expect(openEnd(source, scalar)).toEqual(span);
});
