import { expect, test } from 'vitest';
import { SourceFile } from '../source-file.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { completeBySchema, hoverBySchema } from './schema-assist.ts';
import { createSchema } from './schema.ts';

const schema = createSchema(
  {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'What it is called.' },
      kind: { enum: ['small', 'large'], default: 'small' },
      parts: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'string' }, on: { type: 'boolean' } },
        },
      },
    },
  },
  { draft: '2020' },
);

function open(text: string): { file: { source: SourceFile; tree?: never }; offset: number } {
  const source = new SourceFile('/w/a.yml', text.replace('<|>', ''));
  const { tree } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'last' });
  return { file: { source, ...(tree ? { tree } : {}) } as never, offset: text.indexOf('<|>') };
}

function texts(text: string): readonly string[] {
  const { file, offset } = open(text);
  return completeBySchema(file, schema, offset).map((each) => each.insertText ?? each.label);
}

test('keys that are not there yet, written as their values want it', () => {
  expect(texts('<|>')).toEqual(['name: ', 'kind: ', 'parts:']);
  expect(texts('kind: small\n<|>')).toEqual(['name: ', 'parts:']);
  expect(texts('parts:\n- id: a\n  <|>')).toEqual(['on: ']);
  expect(texts('parts:\n- <|>')).toEqual(['id: ', 'on: ']);
});

test('a key that has its colon is only renamed, and may stay what it is', () => {
  expect(texts('na<|>me: x')).toEqual(['name', 'kind', 'parts']);
});

test('values that can be counted', () => {
  expect(texts('kind: <|>')).toEqual(['small', 'large']);
  expect(texts('parts:\n- on: t<|>')).toEqual(['true', 'false']);
  expect(texts('name: <|>')).toEqual([]);
});

test('a hover tells what a key means, from the key and from its value', () => {
  for (const text of ['na<|>me: x', 'name: <|>x']) {
    const { file, offset } = open(text);
    const hover = hoverBySchema(file, schema, offset);
    expect(hover?.markdown).toContain('What it is called.');
    expect(file.source.slice(hover!.span)).toBe('name');
  }
  const kind = open('kind<|>: small');
  expect(hoverBySchema(kind.file, schema, kind.offset)?.markdown).toMatch(
    /`small`, `large`[^]*Default: `"small"`/u,
  );
  const unknown = open('other<|>: small');
  expect(hoverBySchema(unknown.file, schema, unknown.offset)).toBeUndefined();
});
