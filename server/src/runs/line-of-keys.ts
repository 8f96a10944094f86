import { textAt } from '../files/disk.ts';
import { SourceFile } from '../core/source-file.ts';
import { findPair, type Node } from '../core/tree.ts';
import { parseYaml } from '../core/yaml/parse-yaml.ts';

/** Limit: nothing is looked for in a longer file. */
const mostBytes = 5_000_000;

/**
 * The one-based line in a YAML file (a file-system path) of what a message begins with: `services.web.image must be …`,
 * `services.web additional properties 'imag' not allowed`. Undefined where that leads nowhere, or to several places.
 */
export function lineOfKeys(file: string, message: string): number | undefined {
  const text = textAt(file, mostBytes) ?? '';
  const { tree } = parseYaml(text, { version: '1.2', duplicateKeys: 'last' });
  const [place, ...others] = tree ? placesOf(tree, message) : [];
  return place && others.length === 0
    ? new SourceFile(file, text).positionAt(place.span.start).line + 1
    : undefined;
}

/** Where the words lead that stand before the first space: names may hold dots, so there may be several ways. */
function placesOf(node: Node, said: string): readonly Node[] {
  const added = addedTo(node, said);
  if (added) return [added];
  return childrenOf(node).flatMap(([name, key, value]) => {
    if (!said.startsWith(name)) return [];
    const rest = said.slice(name.length);
    if (rest.startsWith('.')) return placesOf(value, rest.slice(1));
    if (!rest.startsWith(' ')) return [];
    return [addedTo(value, rest.slice(1)) ?? key];
  });
}

function childrenOf(node: Node): readonly (readonly [name: string, at: Node, value: Node])[] {
  if (node.kind === 'seq') return node.items.map((item, at) => [String(at), item, item]);
  return node.kind === 'map' ? node.pairs.map(({ key, value }) => [key.text, key, value]) : [];
}

/** The key that has no place in a mapping. */
function addedTo(node: Node, said: string): Node | undefined {
  const name = /^additional properties '([^']+)'/.exec(said)?.[1];
  return name === undefined ? undefined : findPair(node, name)?.key;
}
