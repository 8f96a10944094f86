import { secretMask, withoutOptionSecrets } from '../core/secret-looks.ts';
import { GramFinder } from './gram-finder.ts';
import { hidden, hideAcross, shown } from './hidden-text.ts';
import { secretForms, type SecretForm } from './secret-forms.ts';
import { hidePatterns, mayHoldLogin, suspicion } from './secret-patterns.ts';
import { isWorthMasking } from './secret-values.ts';
import { WrappedSecrets } from './wrapped-secrets.ts';

/** Masks secrets in text that is about to be written or shown; see `createRedactor`. */
export interface Redactor {
  /** A whole line, so that no secret is split over two calls. */
  line(text: string): string;
  /** A text of several lines. */
  text(text: string): string;
  /** A command line: also what follows an option such as `--password`. */
  command(argv: readonly string[]): readonly string[];
  /**
   * One of these stands in every line that is changed and is none of those that a `LineScanner` remarks anyway;
   * see `GramFinder`. Undefined where a secret has no part that tells it, so that any line may be changed.
   */
  readonly words: readonly string[] | undefined;
}

/** What stands in a secret's place. */
export const mask = secretMask;

/** Leaves everything as it is; for tests and for what cannot hold a secret. */
export const noRedaction: Redactor = {
  line: (text) => text,
  text: (text) => text,
  command: (argv) => argv,
  words: [],
};

/**
 * Masks these values in every form they may take in output (as they are, for a URL, in JSON, in base64, cut into lines,
 * with a terminal's codes between), and whatever looks like a known kind of key, token or password in a URL.
 */
export function createRedactor(values: Iterable<string>): Redactor {
  const secrets = new Set<string>();
  for (const value of values) {
    for (const line of value.split(/\r?\n/)) {
      const trimmed = line.trim();
      if (isWorthMasking(trimmed)) secrets.add(trimmed);
    }
  }
  const masker = new Masker(secrets);
  const line = (text: string): string => masker.line(text);
  return {
    line,
    text: (text) => masker.text(text),
    command: (argv) => withoutOptionSecrets(argv).map(line),
    words: masker.words,
  };
}

const escape = '\u001b';
const bell = '\u0007';
/** A sequence begins with the escape as it is, or as JSON, C and shells write it. */
const begin = String.raw`(?:${escape}|\\{1,4}(?:u001b|x1b|033|e))`;
const control = String.raw`\[[\d;:?]*[ -/]*[@-~]`;
const link = String.raw`\][^${bell}${escape}]*(?:${bell}|${escape}\\?)?`;
/** Colours and the like. */
const terminalCodes = new RegExp(`${begin}(?:${control}|${link})`, 'gi');
/** In whatever case, one of these stands in a line that holds a code which is written out. */
const writtenCodes = ['u001b', 'x1b[', '033[', '\\e['];
const lineEnds = /(?:\\{1,4}r)?\\{1,4}n|\r?\n[ \t]*/g;

/** Looks for all forms of all secrets. The longest first, so that a secret that holds another one is masked whole. */
class Masker {
  readonly words: readonly string[] | undefined;
  readonly #forms: readonly SecretForm[];
  readonly #finder: GramFinder;
  /** To which form each word after the suspicious ones belongs. */
  readonly #owners: readonly number[];
  /** Forms that no word tells. */
  readonly #always: readonly number[];
  readonly #wrapped: WrappedSecrets;
  readonly #expressions: RegExp[] = [];

  constructor(secrets: ReadonlySet<string>) {
    const sorted = [...secrets].sort((a, b) => b.length - a.length);
    const forms = [...new Map(sorted.flatMap(secretForms).map((form) => [form.source, form])).values()];
    this.#forms = forms;
    this.#always = forms.flatMap(({ words }, at) => (words.length === 0 ? [at] : []));
    this.#owners = forms.flatMap(({ words }, at) => words.map(() => at));
    const words = [...suspicion, ...forms.flatMap((form) => form.words)];
    this.words = this.#always.length > 0 ? undefined : [...words, ...writtenCodes, '://'];
    // One pass tells both what is suspicious and which secrets may be there.
    this.#finder = new GramFinder(words);
    this.#wrapped = new WrappedSecrets(forms.flatMap(({ base64 }) => base64 ?? []));
  }

  line(text: string): string {
    return shownFrom(text, this.#acrossCodes(text));
  }

  text(text: string): string {
    const each = text.replace(/[^\r\n]+/g, (line) => this.#acrossCodes(line));
    return shownFrom(text, this.#acrossLines(each));
  }

  #acrossCodes(line: string): string {
    const hide = (joined: string): string => this.#hide(joined);
    return line.search(terminalCodes) < 0 ? hide(line) : hideAcross(line, terminalCodes, hide);
  }

  /** Hides what it finds and keeps the length. */
  #hide(line: string): string {
    const names = this.#finder.find(line);
    const found = [...(names ?? [])];
    const owners = found.flatMap((at) => this.#owners[at - suspicion.length] ?? []);
    let rest = this.#hideForms(line, [...owners, ...this.#always]);
    if (found.some((at) => at < suspicion.length) || mayHoldLogin(line)) rest = hidePatterns(rest);
    return this.#wrapped.hide(this.#acrossLines(rest, owners));
  }

  /** Base64 that is cut into lines which are told in one: `abc\ndef`. */
  #acrossLines(text: string, among?: readonly number[]): string {
    if (!text.includes('\n') && !text.includes('\\n')) return text;
    const all = among ?? this.#forms.keys();
    const cut = [...all].filter((at) => this.#forms[at]!.base64 !== undefined);
    return cut.length === 0 ? text : hideAcross(text, lineEnds, (joined) => this.#hideForms(joined, cut));
  }

  #hideForms(text: string, which: readonly number[]): string {
    return [...new Set(which)]
      .sort((a, b) => a - b)
      .reduce((rest, at) => rest.replace(this.#expressionOf(at), (found) => hidden(found.length)), text);
  }

  #expressionOf(at: number): RegExp {
    return (this.#expressions[at] ??= new RegExp(this.#forms[at]!.source, 'g'));
  }
}

function shownFrom(text: string, masked: string): string {
  return masked === text ? text : shown(masked, mask);
}
