import type { LogLine } from '../../../webviews/run/protocol.ts';
import { colour } from './terminal-text.ts';

/** Limit: a run that writes in more styles than these begins its further ones anew with each line. */
const maxStyles = 65_535;

/** What a code changes: it replaces the one before of the same kind, and an ending takes it away. */
const kinds: readonly { readonly starts: RegExp; readonly kind: string }[] = [
  { starts: /^1$/, kind: 'bold' },
  { starts: /^2$/, kind: 'dim' },
  { starts: /^3$/, kind: 'italic' },
  { starts: /^(?:4|4:[1-5]|21)$/, kind: 'underline' },
  { starts: /^7$/, kind: 'reverse' },
  { starts: /^8$/, kind: 'hidden' },
  { starts: /^9$/, kind: 'strikethrough' },
  { starts: /^(?:3[0-7]|9[0-7]|38[;:].+)$/, kind: 'foreground' },
  { starts: /^(?:4[0-7]|10[0-7]|48[;:].+)$/, kind: 'background' },
];

const ends: Readonly<Record<string, readonly string[]>> = {
  '22': ['bold', 'dim'],
  '23': ['italic'],
  '24': ['underline'],
  '4:0': ['underline'],
  '27': ['reverse'],
  '28': ['hidden'],
  '29': ['strikethrough'],
  '39': ['foreground'],
  '49': ['background'],
};

/**
 * In which style each line of a step begins: what a line before it began and did not end, as in a terminal.
 * A style is known by a number; 0 is none.
 */
export class CarriedStyles {
  readonly #sequences = [''];
  readonly #numbers = new Map([['', 0]]);
  /** By step, where its output is in the middle of a style. */
  readonly #open = new Map<string, number>();

  /** Takes the next line, and says in which style it begins. */
  take({ step, kind, text }: LogLine): number {
    // Each attempt of a step prints into a terminal of its own.
    if (kind === 'command') this.#open.delete(step);
    if (kind !== 'output') return 0;
    const before = this.#open.get(step) ?? 0;
    if (!text.includes('\u001b[')) return before;
    const after = this.#numberOf(styleAfter(this.sequence(before), text));
    if (after === 0) this.#open.delete(step);
    else this.#open.set(step, after);
    return before;
  }

  /** What a line begins with in that style. */
  sequence(style: number): string {
    return this.#sequences[style] ?? '';
  }

  #numberOf(sequence: string): number {
    const known = this.#numbers.get(sequence);
    if (known !== undefined) return known;
    if (this.#sequences.length > maxStyles) return 0;
    this.#numbers.set(sequence, this.#sequences.length);
    return this.#sequences.push(sequence) - 1;
  }
}

/** The sequence that brings about the style in which a text ends that began in another one. */
export function styleAfter(before: string, text: string): string {
  const style = new Map<string, string>();
  for (const [sequence] of `${before}${text}`.matchAll(colour)) {
    for (const code of codesOf(sequence.slice(2, -1))) {
      if (code === '' || /^0+$/.test(code)) style.clear();
      for (const kind of ends[code] ?? []) style.delete(kind);
      const kind = kinds.find(({ starts }) => starts.test(code))?.kind;
      if (kind !== undefined) style.set(kind, code);
    }
  }
  return style.size === 0 ? '' : `\u001b[${[...style.values()].join(';')}m`;
}

/** `1;38;2;255;0;0;4` has three codes: a colour takes the numbers behind it. */
function codesOf(parameters: string): readonly string[] {
  return parameters.match(/[345]8;2;\d*;\d*;\d*|[345]8;5;\d*|[^;]+|^$/g) ?? [];
}
