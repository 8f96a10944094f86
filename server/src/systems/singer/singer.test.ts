import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { hover } from '../../language/hover.ts';
import { outline } from '../../language/symbols.ts';
import { singer } from './index.ts';

const check = (fixture: string): Promise<void> => checkFindings([singer], fixture);

test('a catalog whose names are all there has no finding', () =>
  check(`
#- /w/extract/tap-shop.catalog.json
{
  "streams": [
    {
      "tap_stream_id": "orders", "stream": "orders", "replication_method": "INCREMENTAL",
      "key_properties": ["id"], "replication_key": "updated_at",
      "schema": { "properties": {
        "id": {}, "updated_at": {}, "lines": { "type": "array", "items": { "properties": { "sku": {} } } },
        "customer": { "properties": { "name": {} } }, "free": { "type": "object" } } },
      "metadata": [
        { "breadcrumb": [], "metadata": { "selected": true, "inclusion": "available", "own-key": 1,
          "table-key-properties": ["id"], "valid-replication-keys": ["updated_at"], "replication-key": "updated_at" } },
        { "breadcrumb": ["properties", "customer", "properties", "name"], "metadata": { "selected": null } },
        { "breadcrumb": ["properties", "lines", "items", "properties", "sku"], "metadata": {} },
        { "breadcrumb": ["properties", "free", "properties", "anything"], "metadata": {} }
      ]
    },
    { "tap_stream_id": "open", "schema": { "$ref": "x", "properties": {} }, "key_properties": ["from_elsewhere"] }
  ]
}
`));

test("another tool's catalog of streams is none", () =>
  check(`
#- /w/syncCatalog.json
{ "streams": [ { "stream": { "name": "orders", "jsonSchema": {} }, "config": { "syncMode": "full_refresh" } } ] }
`));

test('names that the schema does not have', () =>
  check(`
#- /w/properties.json
{ "streams": [ { "tap_stream_id": "orders",
  "schema": { "properties": { "id": {}, "updated_at": {} } },
  "key_properties": ["di"],
#                     ^^ warning singer/undefined-property: the key \`di\` is no property of \`orders\`; did you mean \`id\`?
  "replication_key": "changed",
#                     ^^^^^^^ warning singer/undefined-property: the replication key \`changed\` is no property of \`orders\`; correct the name, or add the property to the schema
  "metadata": [
    { "breadcrumb": [], "metadata": { "table-key-properties": ["id", "no"], "replication-key": "update_at" } },
#                                                                     ^^ warning singer/undefined-property: the key \`no\` is no property of \`orders\`; correct the name, or add the property to the schema
#                                                                                               ^^^^^^^^^ warning singer/undefined-property: the replication key \`update_at\` is no property of \`orders\`; did you mean \`updated_at\`?
    { "breadcrumb": ["properties", "gone"], "metadata": { "selected": true } }
#                   ^^^^^^^^^^^^^^^^^^^^^^ warning singer/undefined-property: this breadcrumb leads to no property of \`orders\`, so what is said of it has no effect; correct it
  ] } ] }
`));

test('what taps refuse is an error, what they pass over a warning', () =>
  check(`
#- /w/catalog.json
{ "streams": [
  { "stream": "nameless", "schema": { "properties": {} } },
# ^ error singer/invalid-catalog: the stream has no \`tap_stream_id\`, without which taps refuse the catalog; add it
  "orders",
#  ^^^^^^ error singer/invalid-catalog: a stream is a mapping with \`tap_stream_id\`, \`schema\` and \`metadata\`; remove what stands here
  { "tap_stream_id": "bare" },
#                     ^^^^ warning singer/missing-schema: the stream \`bare\` has no schema, so targets learn of no column; add \`schema\`
  { "tap_stream_id": "empty", "schema": {} },
#                                       ^^ warning singer/missing-schema: the schema of \`empty\` is empty, so targets learn of no column; add its \`properties\`
  { "tap_stream_id": "twice", "schema": { "properties": { "a": {} } } },
  { "tap_stream_id": "twice", "schema": { "properties": { "a": {} } },
#                     ^^^^^ warning singer/duplicate-stream: the stream \`twice\` is described twice, and the last one counts; remove one of the two
    "metadata": [
      { "metadata": {} },
#     ^ error singer/invalid-catalog: the entry has no \`breadcrumb\`, without which taps refuse the catalog; add it
      { "breadcrumb": ["properties", "a"], "metadata": { "inclusion": "avaliable", "selected": "yes" } }
#                                                                      ^^^^^^^^^ warning singer/invalid-value: \`avaliable\` is no value for \`inclusion\`; did you mean \`available\`?
#                                                                                               ^^^ warning singer/invalid-value: \`yes\` is no value for \`selected\`; use \`true\` or \`false\`
    ] }
] }
`));

test('text that is no JSON, and a state that no tap can read', () =>
  check(`
#- /w/catalog.json
{ "streams": [ { "tap_stream_id": "a", "schema": { "properties": { "a": {} } }, } ] }
#                                                                               ^ error singer/syntax: this is no JSON, which taps refuse to read; mend what stands here or before it
#- /w/tap-shop.state.json
{ "singer_state": { "bookmarks": [] } }
#                                ^^ error singer/invalid-state: \`bookmarks\` is a mapping of streams; write \`{}\` where there are none
#- /w/state.json
{ "bookmarks": { "orders": "2026-01-01", "items": { "replication_key": "id" } } }
#                           ^^^^^^^^^^ warning singer/invalid-state: the bookmark of \`orders\` is no mapping, which few taps can read; write one such as \`{ "replication_key": …, "replication_key_value": … }\`
#- /w/target/catalog.json
{ "nodes": {}, "sources": {} }
#- /w/package-state.json
{ "anything": 1 }
`));

test('of what a tap discovered only its names are kept: nothing is said of it', async () => {
  const path = '/w/.meltano/run/tap-shop/tap.properties.json';
  const { platform } = await openFixture([singer], {
    [path]: '{"streams": [{"stream": "x"}, {"tap_stream_id": "a"}]}',
  });
  expect(platform.findings(path)).toEqual([]);
  const [catalog] = platform.facts.definitions({ namespace: 'singer.catalog', scope: '', name: path });
  expect(catalog?.data).toEqual({ streams: 'a' });
});

test('values complete, keys are explained, streams are the outline', async () => {
  const text =
    '{ "streams": [ { "tap_stream_id": "orders", "key_properties": [""], "schema": { "properties": { "id": {}, "at": {} } }, "metadata": [ { "breadcrumb": [], "metadata": { "inclusion": "a" } } ] } ] }';
  const { platform } = await openFixture([singer], { '/w/catalog.json': text });
  const at = (place: string, plus: number) =>
    complete(platform, '/w/catalog.json', text.indexOf(place) + plus).items.map(
      ({ label, insertText }) => insertText ?? label,
    );
  expect(at('"inclusion": "a"', 15)).toEqual(['available', 'automatic', 'unsupported']);
  expect(at('[""]', 2)).toEqual(['id', 'at']);
  expect(hover(platform, '/w/catalog.json', text.indexOf('inclusion') + 2)?.markdown).toContain(
    '`automatic`',
  );
  expect(outline(platform, '/w/catalog.json')).toMatchObject([
    { name: 'orders', children: [{ name: 'id' }, { name: 'at' }] },
  ]);
});
