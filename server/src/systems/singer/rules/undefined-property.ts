import { closest } from '../../../core/closest.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import { get, itemsOf, stringOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { crumbsOf, propertiesOf, type SingerModel, type Stream } from '../model.ts';

/**
 * A key, a replication key or a breadcrumb that names no property of the stream's schema. Taps take the catalog; the
 * run fails at the first record, or what was selected is never extracted.
 */
export const undefinedProperty: Rule<SingerModel> = {
  id: 'singer/undefined-property',
  severity: 'warning',
  check({ model, source }, report) {
    if (model.kind !== 'catalog') return;
    for (const stream of model.streams) {
      const properties = propertiesOf(stream.schema);
      if (!properties) continue;
      const name = stream.id?.text ?? 'this stream';
      const wrong = (node: ScalarNode, what: string): void => {
        if (properties.has(node.text)) return;
        const meant = closest(node.text, properties);
        const advice =
          meant === undefined
            ? 'correct the name, or add the property to the schema'
            : `did you mean \`${meant}\`?`;
        const edits = meant === undefined ? [] : [{ path: source.path, span: node.span, newText: meant }];
        report(node, `${what} \`${node.text}\` is no property of \`${name}\`; ${advice}`, {
          fixes: meant === undefined ? [] : [{ title: `Change to \`${meant}\``, edits, certain: false }],
        });
      };
      for (const key of stream.keys) wrong(key, 'the key');
      if (stream.replicationKey) wrong(stream.replicationKey, 'the replication key');
      checkMetadata(stream, { name, wrong, report });
    }
  },
};

interface Checking {
  readonly name: string;
  readonly wrong: (node: ScalarNode, what: string) => void;
  readonly report: Report;
}

function checkMetadata(stream: Stream, { name, wrong, report }: Checking): void {
  for (const { breadcrumb, values } of stream.metadata) {
    const crumbs = crumbsOf(breadcrumb);
    if (!crumbs) continue;
    if (crumbs.length === 0) {
      const key = stringOf(get(values, 'replication-key'));
      if (key) wrong(key, 'the replication key');
      for (const list of ['table-key-properties', 'valid-replication-keys'])
        for (const item of itemsOf(get(values, list))) {
          const property = stringOf(item);
          if (property) wrong(property, list === 'table-key-properties' ? 'the key' : 'the replication key');
        }
    } else if (leadsNowhere(stream.schema, crumbs))
      report(
        breadcrumb!,
        `this breadcrumb leads to no property of \`${name}\`, so what is said of it has no effect; correct it`,
      );
  }
}

/** True only where each schema on the way tells all that is in it. */
function leadsNowhere(schema: Node | undefined, crumbs: readonly string[]): boolean {
  let at = schema;
  for (let index = 0; index < crumbs.length; index += 2) {
    if (crumbs[index] === 'items') {
      at = get(at, 'items');
      index--;
      if (!at) return false;
      continue;
    }
    if (crumbs[index] !== 'properties') return false;
    const known = propertiesOf(at);
    const name = crumbs[index + 1];
    if (!known || name === undefined) return false;
    if (!known.has(name)) return true;
    at = get(get(at, 'properties'), name);
  }
  return false;
}
