import Anser from 'anser';

/** A stretch of a line in one style. Colours are CSS values. */
export interface AnsiSegment {
  readonly text: string;
  readonly foreground?: string;
  readonly background?: string;
  readonly styles: readonly AnsiStyle[];
}

export type AnsiStyle = 'bold' | 'dim' | 'italic' | 'underline' | 'strikethrough' | 'hidden';

const escape = String.fromCharCode(27);
const colour = new RegExp(`${escape}\\[[0-9;:]*m`, 'g');
const colourNames = new Map(
  ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].map((name) => [
    name,
    `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  ]),
);
const editorBackground = 'var(--vscode-editor-background)';
const editorForeground = 'var(--vscode-editor-foreground)';
const cubeLevels = [0, 95, 135, 175, 215, 255];

/** Splits a line by style; it holds no other sequences than those of colours and styles. */
export function parseAnsi(clean: string): readonly AnsiSegment[] {
  if (!clean.includes(escape)) return [{ text: clean, styles: [] }];
  return Anser.ansiToJson(withSemicolons(clean), { json: true, use_classes: true, remove_empty: true })
    .map(toSegment)
    .filter((segment) => segment.text !== '');
}

/** Colours may be written with colons, and underlines have kinds, both of which Anser shows as rubbish. */
function withSemicolons(text: string): string {
  return text.replace(colour, (sequence) =>
    sequence
      .replace(/\b([34]8):2:(?:\d*:)?(\d+):(\d+):(\d+)/g, '$1;2;$2;$3;$4')
      .replace(/\b([34]8):5:(\d+)/g, '$1;5;$2')
      .replace(/\b4:0\b/g, '24')
      .replace(/:\d+/g, ''),
  );
}

function toSegment(entry: Anser.AnserJsonEntry & { readonly isInverted?: boolean }): AnsiSegment {
  const styles = entry.decorations.filter((name) => name !== 'reverse' && name !== 'blink');
  // Anser's types forget `isInverted`. Reversed text without colours of its own takes those of the editor the other way round; Anser says black on white.
  const inverted = entry.isInverted === true;
  const foreground =
    inverted && entry.fg === 'ansi-black' ? editorBackground : toCss(entry.fg, entry.fg_truecolor);
  const background =
    inverted && entry.bg === 'ansi-white' ? editorForeground : toCss(entry.bg, entry.bg_truecolor);
  return {
    text: entry.content.replace(colour, '').replaceAll(escape, ''),
    styles,
    ...(foreground === undefined ? {} : { foreground }),
    ...(background === undefined ? {} : { background }),
  };
}

/** Anser's class name (`ansi-red`, `ansi-bright-red`, `ansi-palette-208`, `ansi-truecolor`) as a CSS colour. */
function toCss(name: string | null, trueColour: string | null): string | undefined {
  if (name === null) return undefined;
  if (name === 'ansi-truecolor') return trueColour === null ? undefined : `rgb(${trueColour})`;
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  if (palette !== null) return paletteColour(Number(palette[1]));
  const named = /^ansi-(bright-)?(\w+)$/.exec(name);
  const titled = colourNames.get(named?.[2] ?? '');
  return titled === undefined
    ? undefined
    : `var(--vscode-terminal-ansi${named?.[1] === undefined ? '' : 'Bright'}${titled})`;
}

/** xterm's 256 colours from 16 on: a cube of six levels, then greys. */
function paletteColour(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const cube = index - 16;
  const level = (value: number): number => cubeLevels[value % 6] ?? 0;
  return `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6))}, ${level(cube)})`;
}

/** Half-open range of characters. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts parts at the borders of ranges (in order, not overlapping) and lets `tag` make each piece,
 * told which range it lies in.
 */
export function cutParts<Part extends { readonly text: string }, Piece>(
  parts: readonly Part[],
  ranges: readonly TextRange[],
  tag: (part: Part, text: string, range: number | undefined) => Piece,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let next = 0;
  let at = 0;
  for (const part of parts) {
    const end = at + part.text.length;
    let from = at;
    while (from < end) {
      while (next < ranges.length && (ranges[next]?.end ?? 0) <= from) next++;
      const range = ranges[next];
      const inside = range !== undefined && range.start <= from;
      const border = range === undefined ? end : inside ? range.end : range.start;
      const until = Math.min(end, border);
      pieces.push(tag(part, part.text.slice(from - at, until - at), inside ? next : undefined));
      from = until;
    }
    at = end;
  }
  return pieces;
}
