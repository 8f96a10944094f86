import type { Span } from '../../core/span.ts';

/** What a stretch of text is without Markdown's marks. */
export interface PlainInline {
  readonly text: string;
  /** The first bold letters, with what stands before them. */
  readonly bold: { readonly before: string; readonly letters: string } | undefined;
  /** Nothing but bold letters, and a colon. */
  readonly isBold: boolean;
  readonly links: readonly { readonly url: string; readonly span: Span }[];
}

const word = String.raw`[\p{L}\p{N}]`;
/** One thing after the other: bold letters, code, a link, or text that no mark can hide in. */
const piece = new RegExp(
  [
    String.raw`\*\*(${word}(?:[^*_\x60\\<&[\]~\n]*${word})?)\*\*`,
    String.raw`\x60([^\x60\n]+)\x60(?!\x60)`,
    String.raw`\[(${word}[^*_\x60\\<&[\]~!\n]*)\]\(([^()\s<>\\"'*_\x60&]+)\)`,
    String.raw`((?:[^*_\x60\\<&[\]~!\n]|(?<=${word})_(?=${word})|!(?!\[)|<(?=[\s\d=-])|&(?![#\w]+;)|\n)+)`,
  ].join('|'),
  'uy',
);

/**
 * Reads text whose marks are plain to see; undefined where only a whole Markdown parser can tell.
 * `at` is where the text stands in the document.
 */
export function readPlainInline(raw: string, at: number): PlainInline | undefined {
  if (!/[*_`\\<&[\]~!]/.test(raw)) return { text: raw, bold: undefined, isBold: false, links: [] };
  let text = '';
  let first: PlainInline['bold'];
  let bold = 0;
  let others = 0;
  const links: { url: string; span: Span }[] = [];
  piece.lastIndex = 0;
  while (piece.lastIndex < raw.length) {
    const start = piece.lastIndex;
    const match = piece.exec(raw);
    if (!match) return undefined;
    const [whole, strong, code, label, url, plain] = match;
    if (strong !== undefined) {
      first ??= { before: text, letters: strong };
      bold++;
      text += strong;
    } else if (code !== undefined) {
      // A line break and blanks at both ends are read in a way of their own.
      if (/^\s|\s$/.test(code)) return undefined;
      others++;
      text += code;
    } else if (label !== undefined) {
      others++;
      links.push({ url: url!, span: { start: at + start, end: at + start + whole.length } });
      text += label;
    } else {
      if (!/^[\s:]*$/.test(plain!)) others++;
      text += plain;
    }
  }
  // Marks that touch each other are read together.
  if (/\*\*\*\*|\x60\x60/.test(raw)) return undefined;
  return { text, bold: first, isBold: bold === 1 && others === 0, links };
}
