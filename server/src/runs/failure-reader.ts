import { stripVTControlCharacters } from 'node:util';

/** A failure at a place in a file, as a program printed it. */
export interface PrintedFailure {
  readonly message: string;
  /** As it was printed: whole, or relative to where the program runs. */
  readonly path: string;
  /** One-based; absent where the message itself begins with the keys that lead to the place. */
  readonly line?: number;
}

interface Place {
  readonly path: string;
  readonly line: number;
}

/** At least one of these stands in every line with which a failure may begin; see `GramFinder`. */
export const failureWords: readonly string[] = [
  '\nTraceback',
  '\n  File',
  '\nE  ',
  '.py:',
  'error',
  '\nfailed to parse',
  '\nparsing',
  '\nvalidating',
];

/**
 * Finds in what a program prints the failures that name a file and a line: Python's tracebacks, failed tests as pytest
 * tells them, checkers' `file:line: error: …`, and files that compose cannot read. One reader a process.
 */
export class FailureReader {
  /** The innermost place of a traceback that is not in an installed package. */
  #place: Place | undefined;
  /** A traceback was begun and its exception is still to come. */
  #isOpen = false;
  /** What may turn out to be the cause of the next traceback, which then tells more. */
  #pending: PrintedFailure | undefined;
  /** What pytest says of the assertion, before it says where. */
  #said: string | undefined;

  /** Nothing was begun that a line without one of the `failureWords` could go on with. */
  get isQuiet(): boolean {
    return !this.#isOpen && !this.#pending;
  }

  /** What a line completes; nearly always nothing. */
  read(printed: string): readonly PrintedFailure[] {
    const text = printed.includes('\u001b') ? stripVTControlCharacters(printed) : printed;
    if (isChain.test(text)) this.#pending = undefined;
    const before = text === '' ? [] : this.end();
    if (text.startsWith('Traceback (most recent call last)')) this.#open();
    else if (text.startsWith('  File "')) this.#frame(text);
    else if (this.#isOpen && text !== '' && !text.startsWith(' ')) this.#close(text);
    else if (text.startsWith('E  ')) this.#said ??= text.slice(1).trim();
    else return [...before, ...this.#placed(text)];
    return before;
  }

  /** What was still to come, when the process has ended. */
  end(): readonly PrintedFailure[] {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending ? [pending] : [];
  }

  #open(): void {
    this.#isOpen = true;
    this.#place = undefined;
  }

  /** Of a script that Python cannot read there is a frame and no word of a traceback. */
  #frame(text: string): void {
    const [, path, line, within] = /^ {2}File "([^"]+)", line (\d+)(, in )?/.exec(text) ?? [];
    if (path === undefined || (!this.#isOpen && within !== undefined)) return;
    this.#isOpen = true;
    if (!installed.test(path)) this.#place = { path, line: Number(line) };
  }

  #close(text: string): void {
    this.#isOpen = false;
    const isException = /^[A-Za-z_][\w.]*(?::|$)/.test(text);
    if (this.#place && isException) this.#pending = { message: text.trim(), ...this.#place };
    this.#place = undefined;
  }

  #placed(text: string): readonly PrintedFailure[] {
    const test = !text.includes('.py:') ? null : /^(\S+\.py):(\d+): ([A-Za-z_]\w*(?:\.\w+)*)$/.exec(text);
    if (test) {
      const said = this.#said;
      this.#said = undefined;
      return [{ message: said ?? test[3]!, path: test[1]!, line: Number(test[2]) }];
    }
    const checked = text.includes('error')
      ? /^(\S+?):(\d+):(?:\d+:)? (?:fatal )?error:? (.+)$/.exec(text)
      : null;
    if (checked) return [{ message: checked[3]!, path: checked[1]!, line: Number(checked[2]) }];
    return isOfCompose.test(text) ? composed(text) : [];
  }
}

const isOfCompose = /^(?:failed to parse|parsing|validating) /;

/**
 * `failed to parse /shop/compose.yaml: yaml: construct errors: line 1: line 4: …`, or `parsing …` as older ones say;
 * `validating /shop/compose.yaml: services.web …`.
 */
function composed(text: string): readonly PrintedFailure[] {
  const [, path, said = ''] =
    /^(?:failed to parse|parsing|validating) (.+?\.ya?ml): (?:yaml: )?(.+)$/.exec(text) ?? [];
  // Of several lines the last one is where it went wrong; the others say where what went wrong began.
  const [, line, message] = /^(?:.*\bline (\d+)(?:, column \d+)?: )?(.+)$/.exec(said) ?? [];
  // Linters say `validating a.yml: ok`; Compose says what is wrong, which takes more than a word.
  if (path === undefined || !message?.includes(' ')) return [];
  return [line === undefined ? { message, path } : { message, path, line: Number(line) }];
}

const installed =
  /[\\/](?:site-packages|dist-packages)[\\/]|[\\/]lib[\\/]python\d|^<|[\\/]Lib[\\/](?!.*[\\/]Lib[\\/])/;
/** Another traceback follows, which tells what the program died of. */
const isChain = /^(?:During handling of the above exception|The above exception was the direct cause)/;
