import type { SourceFile } from '../../../core/source-file.ts';
import type { Span } from '../../../core/span.ts';
import { get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../../core/tree.ts';

/** A pattern that names streams, and maybe attributes, of an extractor's catalog. */
export interface SelectPattern {
  readonly scalar: ScalarNode;
  readonly span: Span;
  readonly stream: string;
  /** As it is written, with dots between the levels; undefined for a pattern of streams alone. */
  readonly attribute: string | undefined;
}

/** The patterns of `select`, `select_filter`, `metadata` and `schema`, beside `config` or in it behind a `_`. */
export function patternsOf(source: SourceFile, plugin: Node): readonly SelectPattern[] {
  return [
    ...selectedIn(plugin).flatMap((scalar) => patternOf(source, scalar)),
    ...['metadata', 'schema'].flatMap((name) =>
      extra(plugin, name).flatMap((node) =>
        // A key with dots names more than a stream, in several ways: it is left alone.
        pairsOf(node).flatMap(({ key }) =>
          key.text === '' || key.text.includes('.') || hasVariable(key)
            ? []
            : [{ scalar: key, span: key.span, stream: key.text, attribute: undefined }],
        ),
      ),
    ),
  ];
}

/** Where patterns of `select` and `select_filter` are written, or about to be. */
export function selectedIn(plugin: Node): readonly ScalarNode[] {
  return ['select', 'select_filter']
    .flatMap((name) => extra(plugin, name))
    .flatMap(itemsOf)
    .flatMap((item) => (item.kind === 'scalar' ? [item] : []));
}

function extra(plugin: Node, name: string): readonly Node[] {
  return [get(plugin, name), get(get(plugin, 'config'), `_${name}`)].filter((node) => node !== undefined);
}

function patternOf(source: SourceFile, scalar: ScalarNode): readonly SelectPattern[] {
  if (!stringOf(scalar) || hasVariable(scalar)) return [];
  const text = scalar.text.startsWith('!') ? scalar.text.slice(1) : scalar.text;
  const isVerbatim = source.slice(scalar.span) === scalar.text;
  const span = isVerbatim ? { start: scalar.span.end - text.length, end: scalar.span.end } : scalar.span;
  const dot = /(?<!\\)\./u.exec(text)?.index;
  const stream = (dot === undefined ? text : text.slice(0, dot)).replaceAll(String.raw`\.`, '.');
  return [{ scalar, span, stream, attribute: dot === undefined ? undefined : text.slice(dot + 1) }];
}

function hasVariable({ text }: ScalarNode): boolean {
  return text.includes('$');
}

/** As Python's `fnmatch` reads a pattern: `*` also stands for dots, `[!a]` for what is not there. */
export function toMatcher(pattern: string): (text: string) => boolean {
  let expression = '';
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    const close = letter === '[' ? closeOf(pattern, at) : -1;
    if (letter === '*') expression += expression.endsWith('[^]*') ? '' : '[^]*';
    else if (letter === '?') expression += '[^]';
    else if (close > 0) {
      const inner = pattern
        .slice(at + 1, close)
        .replaceAll('\\', '\\\\')
        .replaceAll(']', String.raw`\]`);
      expression += `[${inner.startsWith('!') ? `^${inner.slice(1)}` : inner.replace(/^\^/u, String.raw`\^`)}]`;
      at = close;
    } else expression += letter.replace(/[\\^$.|+()[\]{}]/u, String.raw`\$&`);
  }
  try {
    const regExp = new RegExp(`^${expression}$`);
    return (text) => regExp.test(text);
  } catch {
    // A range that runs backwards (`[z-a]`): nothing fits it.
    return () => false;
  }
}

/** Where a set of letters ends; a `]` right at its beginning belongs to it. */
function closeOf(pattern: string, open: number): number {
  const first = pattern[open + 1] === '!' ? open + 2 : open + 1;
  return pattern.indexOf(']', first + 1);
}
