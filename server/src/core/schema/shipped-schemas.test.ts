import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toValue, type Node, type Pair } from '../tree.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { checkSchema } from './check-schema.ts';
import { unknownKeyword, type Compiled, type Part } from './keywords.ts';
import { createSchema, type Draft, type Schema } from './schema.ts';

interface Source {
  readonly schema: string;
  readonly sha256: string;
}

const folder = new URL('../../../schemas/', import.meta.url);
const sources = JSON.parse(readFileSync(new URL('SOURCES.json', folder), 'utf8')) as readonly Source[];
/** What stands beside the schemas is no schema itself: tables of names. */
const tables = new Set(['dbt/adapters.json', 'dbt/builtins.json']);
const schemas = sources.filter(({ schema }) => !tables.has(schema));

function load(name: string): Schema {
  const json = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly $schema?: string };
  const draft: Draft = json.$schema?.includes('2020') ? '2020' : '07';
  return createSchema(json, { draft });
}

/** Somebody else's reading of the same schema. */
function validatorOf({ json, draft }: Schema): (value: unknown) => boolean {
  const options = {
    strict: false,
    validateFormats: false,
    validateSchema: false,
    meta: false,
    logger: false,
  } as const;
  const { $schema: _meta, ...schema } = json;
  return (draft === '07' ? new Ajv(options) : new Ajv2020(options)).compile(schema);
}

test('every schema says where it comes from', () => {
  expect(sources.map(({ schema }) => schema)).toEqual([
    'compose/compose.json',
    'dbt/adapters.json',
    'dbt/builtins.json',
    'dbt/catalogs.json',
    'dbt/contract-packages.json',
    'dbt/contract-project.json',
    'dbt/contract-properties.json',
    'dbt/dependencies.json',
    'dbt/packages.json',
    'dbt/profile.json',
    'dbt/project.json',
    'dbt/resources.json',
    'dbt/selectors.json',
    'meltano/meltano.json',
  ]);
  for (const { sha256 } of sources) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each(schemas.map(({ schema }) => schema))(
  '%s is wholly understood, so nothing has to be compiled',
  (name) => {
    expect(unknownKeyword(load(name))).toBeUndefined();
  },
);

/** Any tree that a schema may be about: it follows the schema's keys and values, and strays now and then. */
function treeFor(part: Compiled, depth: number): fc.Arbitrary<unknown> {
  const stray = fc.constantFrom<unknown>(null, true, 3, 1.5, 'text', '', '{{ x }}', [], {}, ['a'], {
    name: 'a',
  });
  if (depth === 0 || typeof part === 'boolean') return stray;
  const options = branchesOf(part).map((branch) =>
    fc.oneof({ weight: 8, arbitrary: valueFor(branch, depth) }, { weight: 1, arbitrary: stray }),
  );
  return fc.oneof(...options);
}

function branchesOf(part: Part): readonly Part[] {
  const next = [part.ref, ...(part.anyOf ?? []), ...(part.oneOf ?? []), ...part.allOf].filter(
    (each) => typeof each === 'object',
  );
  return next.length === 0
    ? [part]
    : [part, ...next.flatMap(branchesOf)].filter(
        (each) => each.properties.size > 0 || each.types !== undefined || each.values !== undefined,
      );
}

function valueFor(part: Part, depth: number): fc.Arbitrary<unknown> {
  if (part.values !== undefined) return fc.constantFrom(...part.values);
  if (part.properties.size > 0) {
    const keys = fc
      .subarray([...part.properties.keys()], { maxLength: Math.min(4, part.properties.size) })
      .map((names) => [...new Set([...part.required, ...names])]);
    const stray = fc.option(fc.constantFrom('strange', '1', 'nmae'), { nil: undefined, freq: 8 });
    return fc.tuple(keys, stray).chain(([names, other]) => {
      const fields = names.map((name) =>
        treeFor(part.properties.get(name) ?? true, depth - 1).map((value) => [name, value] as const),
      );
      return fc
        .tuple(...fields)
        .map((entries) => Object.fromEntries(other === undefined ? entries : [...entries, [other, 1]]));
    });
  }
  if (part.additional !== undefined && part.additional !== false && part.types?.includes('object')) {
    return fc.dictionary(fc.constantFrom('dev', 'a b', 'x'), treeFor(part.additional, depth - 1), {
      maxKeys: 2,
    });
  }
  if (part.rest !== undefined) return fc.array(treeFor(part.rest, depth - 1), { maxLength: 3 });
  return fc.constantFrom<unknown>('text', 1, -1, 2.5, true, null, '{{ x }}', [], {});
}

function nodeOf(value: unknown): Node {
  const span = { start: 0, end: 1 };
  if (Array.isArray(value)) return { kind: 'seq', span, items: value.map(nodeOf) };
  if (typeof value === 'object' && value !== null) {
    const scalar = (text: string): Pair['key'] => ({
      kind: 'scalar',
      span,
      value: text,
      text,
      style: 'plain',
    });
    return {
      kind: 'map',
      span,
      pairs: Object.entries(value).map(([key, each]) => ({ key: scalar(key), value: nodeOf(each) })),
    };
  }
  return {
    kind: 'scalar',
    span,
    value: value as string | number | boolean | null,
    text: String(value),
    style: 'plain',
  };
}

test.each(schemas.map(({ schema }) => schema))(
  'the evaluation of %s agrees with the validator on any tree',
  (name) => {
    const schema = load(name);
    const judge = validatorOf(schema);
    const verdicts = { sound: 0, refused: 0 };
    fc.assert(
      fc.property(treeFor(schema.parts.of(schema.json), 6), (value) => {
        const tree = nodeOf(value);
        const accepts = judge(toValue(tree));
        verdicts[accepts ? 'sound' : 'refused']++;
        expect(checkSchema(tree, schema).length === 0).toBe(accepts);
      }),
      { seed: 20_261_123, numRuns: 400 },
    );
    // Trees of one verdict alone would prove little.
    expect(Math.min(verdicts.sound, verdicts.refused)).toBeGreaterThan(5);
  },
);

test('messages about the shipped schemas never speak of the schema', () => {
  const text =
    'models:\n  - nmae: a\n    config: {materialized: tabel, enabled: [1], tags: {a: 1}, meta: 3}\n    columns: {a: b}\n';
  const { tree } = parseYaml(text, { version: '1.1', duplicateKeys: 'last' });
  for (const { message } of checkSchema(tree!, load('dbt/resources.json'))) {
    expect(message).not.toMatch(/schema|oneOf|anyOf|must match|undefined|object|array/);
  }
});
