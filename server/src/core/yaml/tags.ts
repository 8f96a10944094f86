import type { Node, ScalarNode } from '../tree.ts';
import { number11, number12, plainValue } from './scalar-value.ts';
import type { YamlVersion } from './yaml-options.ts';

const standard = 'tag:yaml.org,2002:';

/** A tag as written (`!!str`, `!<tag:…>`, `!e!x`) in full; `handles` are those that `%TAG` declares. */
export function fullTag(written: string, handles: ReadonlyMap<string, string>): string {
  if (written.startsWith('!<')) return written.slice(2, -1);
  const handleEnd = written.indexOf('!', 1) + 1 || 1;
  const handle = written.slice(0, handleEnd);
  const suffix = decode(written.slice(handleEnd));
  const prefix = handles.get(handle) ?? (handle === '!!' ? standard : handle);
  return prefix + suffix;
}

function decode(suffix: string): string {
  if (!suffix.includes('%')) return suffix;
  try {
    return decodeURIComponent(suffix);
  } catch {
    return suffix;
  }
}

const kinds: Readonly<Record<string, Node['kind']>> = {
  str: 'scalar',
  int: 'scalar',
  float: 'scalar',
  bool: 'scalar',
  null: 'scalar',
  binary: 'scalar',
  timestamp: 'scalar',
  map: 'map',
  set: 'map',
  seq: 'seq',
  omap: 'seq',
  pairs: 'seq',
};

/** Why the tool would refuse this tag on such a node; undefined where it would not. ruamel takes any tag it does not know. */
export function tagProblem(
  kind: Node['kind'],
  text: string,
  tag: string,
  version: YamlVersion,
): string | undefined {
  if (tag === '!') return undefined;
  const name = tag.startsWith(standard) ? tag.slice(standard.length) : undefined;
  const wanted = name === undefined || !Object.hasOwn(kinds, name) ? undefined : kinds[name];
  if (wanted === undefined && version === '1.2') return undefined;
  if (wanted === undefined)
    return `the tag \`${shortTag(tag)}\` is not known here; remove it, or quote the text if no tag is meant`;
  if (wanted !== kind && !(wanted === 'scalar' && name === 'str')) {
    return `the tag \`${shortTag(tag)}\` does not fit this value; remove the tag`;
  }
  if (kind === 'scalar' && taggedValue(name!, text, version) === undefined) {
    return `the text does not read as \`${shortTag(tag)}\`; mend the value or remove the tag`;
  }
  return undefined;
}

/** The value of a scalar that carries a tag. */
export function scalarValue(node: ScalarNode, tag: string, version: YamlVersion): ScalarNode['value'] {
  if (!tag.startsWith(standard)) return node.text;
  const value = taggedValue(tag.slice(standard.length), node.text, version);
  return value === undefined ? node.text : value;
}

function taggedValue(name: string, text: string, version: YamlVersion): ScalarNode['value'] | undefined {
  if (name === 'int' || name === 'float')
    return (version === '1.1' ? number11(text) : number12(text)) ?? undefined;
  if (name === 'bool') {
    const value = plainValue(text, version);
    return typeof value === 'boolean' ? value : undefined;
  }
  return name === 'null' ? null : text;
}

function shortTag(tag: string): string {
  return tag.startsWith(standard) ? `!!${tag.slice(standard.length)}` : tag;
}
