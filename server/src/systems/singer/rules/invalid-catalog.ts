import type { Report, Rule } from '../../../core/rule.ts';
import { findPair, get, itemsOf, type Node } from '../../../core/tree.ts';
import { crumbsOf, type MetadataEntry, type SingerModel, type Stream } from '../model.ts';

/**
 * What a tap falls over when it reads its catalog: a stream without `tap_stream_id`, metadata without a breadcrumb.
 * Everything else it takes, whatever it means.
 */
export const invalidCatalog: Rule<SingerModel> = {
  id: 'singer/invalid-catalog',
  severity: 'error',
  check({ model, tree }, report) {
    if (model.kind !== 'catalog' || !tree) return;
    const streams = get(tree, 'streams');
    if (streams && streams.kind !== 'seq')
      return report(streams, 'the streams of a catalog are a list; put them into `[` and `]`');
    for (const item of itemsOf(streams))
      if (item.kind !== 'map')
        report(
          item,
          'a stream is a mapping with `tap_stream_id`, `schema` and `metadata`; remove what stands here',
        );
    for (const stream of model.streams) {
      checkStream(stream, report);
      for (const entry of stream.metadata) checkEntry(entry, report);
    }
  },
};

function checkStream({ node }: Stream, report: Report): void {
  const id = findPair(node, 'tap_stream_id');
  if (!id)
    report(startOf(node), 'the stream has no `tap_stream_id`, without which taps refuse the catalog; add it');
  for (const key of ['schema', 'metadata']) {
    const pair = findPair(node, key);
    const wanted = key === 'schema' ? 'map' : 'seq';
    if (pair && pair.value.kind !== wanted)
      report(
        pair.value,
        `\`${key}\` is ${key === 'schema' ? 'a JSON schema' : 'a list'}, and taps refuse a catalog with anything else; write one, or remove the key`,
      );
  }
  for (const item of itemsOf(findPair(node, 'metadata')?.value))
    if (item.kind !== 'map')
      report(
        item,
        'metadata is a list of mappings, each with `breadcrumb` and `metadata`; remove what stands here',
      );
}

function checkEntry({ node, breadcrumb, values }: MetadataEntry, report: Report): void {
  for (const key of ['breadcrumb', 'metadata']) {
    if (!findPair(node, key))
      report(startOf(node), `the entry has no \`${key}\`, without which taps refuse the catalog; add it`);
  }
  if (breadcrumb && breadcrumb.kind === 'scalar' && typeof breadcrumb.value !== 'string')
    report(
      breadcrumb,
      'a breadcrumb is a list, `[]` for the stream itself or `["properties", …]`; write one',
    );
  else if (breadcrumb && !crumbsOf(breadcrumb))
    report(
      breadcrumb,
      'a breadcrumb is a list, `[]` for the stream itself or `["properties", …]`, and this one finds nothing; write one',
      { severity: 'warning' },
    );
  if (values && values.kind !== 'map') report(values, '`metadata` is a mapping here; write one');
}

/** The opening brace: the whole of a stream is too much to underline. */
function startOf({ span }: Node): { readonly start: number; readonly end: number } {
  return { start: span.start, end: span.start + 1 };
}
