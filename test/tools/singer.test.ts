import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { singer } from '../../server/src/systems/singer/index.ts';
import { root } from '../../scripts/support/project.mjs';
import { openFixture } from '../support/check.ts';

const schema = { properties: { id: {} } };
const entry = { breadcrumb: ['properties', 'id'], metadata: {} };

/** Catalogs, by what is special in each. */
const catalogs: Readonly<Record<string, unknown>> = {
  whole: { streams: [{ tap_stream_id: 'a', schema, key_properties: ['id'], metadata: [entry] }] },
  'no streams': { streams: [], tap_stream_id: 'x' },
  'streams are a mapping': { streams: { tap_stream_id: 'a' } },
  'streams are a text': { streams: 'tap_stream_id', x: { key_properties: [] } },
  'a stream is a text': { streams: ['a', { tap_stream_id: 'b' }] },
  'no tap_stream_id': { streams: [{ stream: 'a', schema }] },
  'tap_stream_id is null': { streams: [{ tap_stream_id: null, schema }] },
  'no schema': { streams: [{ tap_stream_id: 'a' }] },
  'schema is null': { streams: [{ tap_stream_id: 'a', schema: null }] },
  'schema is a list': { streams: [{ tap_stream_id: 'a', schema: [] }] },
  'no metadata': { streams: [{ tap_stream_id: 'a', schema }] },
  'metadata is null': { streams: [{ tap_stream_id: 'a', schema, metadata: null }] },
  'metadata is a mapping': { streams: [{ tap_stream_id: 'a', schema, metadata: { a: 1 } }] },
  'an entry without breadcrumb': { streams: [{ tap_stream_id: 'a', schema, metadata: [{ metadata: {} }] }] },
  'an entry without metadata': { streams: [{ tap_stream_id: 'a', schema, metadata: [{ breadcrumb: [] }] }] },
  'an entry is a text': { streams: [{ tap_stream_id: 'a', schema, metadata: ['a'] }] },
  'the breadcrumb is null': {
    streams: [{ tap_stream_id: 'a', schema, metadata: [{ ...entry, breadcrumb: null }] }],
  },
  'the breadcrumb is a text': {
    streams: [{ tap_stream_id: 'a', schema, metadata: [{ ...entry, breadcrumb: 'id' }] }],
  },
  'the metadata is a list': {
    streams: [{ tap_stream_id: 'a', schema, metadata: [{ ...entry, metadata: [1] }] }],
  },
  'the metadata is null': {
    streams: [{ tap_stream_id: 'a', schema, metadata: [{ ...entry, metadata: null }] }],
  },
  'a strange inclusion': {
    streams: [{ tap_stream_id: 'a', schema, metadata: [{ ...entry, metadata: { inclusion: 'x' } }] }],
  },
  'a key that is not there': { streams: [{ tap_stream_id: 'a', schema, key_properties: ['no'] }] },
  'keys are a text': { streams: [{ tap_stream_id: 'a', schema, key_properties: 'id' }] },
  'two of one name': {
    streams: [
      { tap_stream_id: 'a', schema },
      { tap_stream_id: 'a', schema },
    ],
  },
  'a breadcrumb that leads nowhere': {
    streams: [{ tap_stream_id: 'a', schema, metadata: [{ ...entry, breadcrumb: ['properties', 'no'] }] }],
  },
};

const script = `
import json, sys
from singer_sdk.singerlib import Catalog
refused = []
for name, catalog in json.load(sys.stdin).items():
    try:
        Catalog.from_dict(catalog)
    except Exception:
        refused.append(name)
print(json.dumps(refused))
`;

test('what the Singer SDK of the example’s tap refuses to read is an error, and nothing else is', async () => {
  const python = join(root, 'examples/platform/.meltano/extractors/tap-shop/venv/bin/python');
  const input = JSON.stringify(catalogs);
  const refused = JSON.parse(execFileSync(python, ['-c', script], { input, encoding: 'utf8' })) as string[];
  const texts = Object.fromEntries(
    Object.entries(catalogs).map(([name, catalog]) => [`/w/${name}/catalog.json`, JSON.stringify(catalog)]),
  );
  const { platform } = await openFixture([singer], texts);
  const wrong = Object.keys(catalogs).filter((name) =>
    platform.findings(`/w/${name}/catalog.json`).some(({ severity }) => severity === 'error'),
  );
  expect(wrong).toEqual(refused);
  expect(refused.length).toBeGreaterThan(8);
});
