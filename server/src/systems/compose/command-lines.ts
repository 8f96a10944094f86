import type { CommandLine, CommandWord } from '../../core/command-line.ts';
import { baseName } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { get, itemsOf, type Node } from '../../core/tree.ts';
import { textAt, type ComposeModel } from './model.ts';

/**
 * What services start tools with: their entrypoint and command, or a command alone where the image is called like the
 * tool (`meltano/meltano`). In which folder it is started the image decides, so nothing is said of names that are not there.
 */
export function commandLinesOf({ services }: ComposeModel, source: SourceFile): readonly CommandLine[] {
  return services.flatMap(({ value: node }): readonly CommandLine[] => {
    const entrypoint = wordsOf(get(node, 'entrypoint'), source);
    const words = [...entrypoint, ...wordsOf(get(node, 'command'), source)];
    const [first, ...rest] = words;
    if (!first) return [];
    const started = { program: baseName(first.text), words: rest };
    const image = entrypoint.length === 0 ? imageName(textAt(node, 'image')?.text ?? '') : '';
    return image === '' || image === started.program ? [started] : [started, { program: image, words }];
  });
}

/** `meltano` of `docker.io/meltano/meltano:v4.4.1`. */
function imageName(image: string): string {
  return /(?:^|\/)([\w.-]+)(?::[^/@]*)?(?:@.*)?$/u.exec(image)?.[1] ?? '';
}

/** None where quotes, escapes or variables make other words of it than are written. */
function wordsOf(node: Node | undefined, source: SourceFile): readonly CommandWord[] {
  if (node?.kind === 'seq')
    return itemsOf(node).flatMap((item) =>
      item.kind === 'scalar' ? [{ text: item.text, span: item.span }] : [],
    );
  if (node?.kind !== 'scalar' || source.slice(node.span) !== node.text || /["'\\$]/u.test(node.text))
    return [];
  return [...node.text.matchAll(/\S+/gu)].map(({ 0: text, index }) => {
    const start = node.span.start + index;
    return { text, span: { start, end: start + text.length } };
  });
}
