import type { PreviewAnswer } from '../../../server/src/protocol/requests.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import type { AttachedRun } from '../runs/attached-run.ts';
import { RunWords } from './failure-text.ts';

type Made = Extract<PreviewAnswer, { kind: 'made' }>;

export interface CompiledTextOptions {
  /** What it is called until the server says so. */
  readonly name: string;
  /** What can be made of the file; undefined while the server cannot answer. */
  readonly find: () => Promise<PreviewAnswer | undefined>;
  readonly start: (made: Made, onEvent: (event: RunEvent) => void) => AttachedRun;
  /** The result's text and when it was written, in ms since the epoch; undefined where there is none. */
  readonly read: (uri: string) => Promise<{ readonly text: string; readonly writtenAt: number } | undefined>;
  readonly mayRun: () => boolean;
  readonly now: () => number;
  /** `14:05:07` */
  readonly clock: (at: number) => string;
  /** The text is another now. */
  readonly changed: () => void;
}

/** File systems round times. */
const clockSlackMs = 2_000;

/**
 * What a tool makes of one file, as a text: the result, or in its place why there is none.
 * A run that became outdated is cancelled before the next one begins.
 */
export class CompiledText {
  readonly #options: CompiledTextOptions;
  #text: string;
  #result: { readonly text: string; readonly at: number } | undefined;
  #running: AttachedRun | undefined;
  #refreshing: Promise<void> | undefined;
  #isStale = false;
  #isDisposed = false;

  constructor(options: CompiledTextOptions) {
    this.#options = options;
    this.#text = comment(`Compiling ${options.name} …`);
  }

  get text(): string {
    return this.#text;
  }

  /** Makes it anew; settles when the text is that of now. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#running?.cancel();
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#running?.cancel();
  }

  async #refresh(): Promise<void> {
    while (this.#isStale && !this.#isDisposed) {
      this.#isStale = false;
      await this.#make();
    }
  }

  async #make(): Promise<void> {
    if (!this.#options.mayRun())
      return this.#say('Penstock starts no program in Restricted Mode. Trust this workspace to compile.');
    const made = await this.#options.find();
    if (this.#isStale || this.#isDisposed) return;
    if (!made) return this.#say('The language server does not run, so nothing can be compiled.');
    if (made.kind === 'nothing') return this.#say(made.message);
    if (!this.#result) this.#say(`Compiling ${made.name} …`);
    const begun = this.#options.now();
    const words = new RunWords();
    const run = this.#options.start(made, (event) => {
      words.note(event);
      if (event.type === 'step-waiting' && !this.#result)
        this.#say(`Compiling ${made.name}: it ${words.waiting ?? 'waits'} …`);
    });
    this.#running = run;
    // Asked for while the run was being started.
    if (this.#isStale) run.cancel();
    const { problem } = await run.finished;
    this.#running = undefined;
    if (this.#isStale || this.#isDisposed) return;
    if (problem !== undefined) return this.#fail(made, problem);
    if (words.wasCancelled) return this.#fail(made, 'It was cancelled.');
    if (!words.hasSucceeded) return this.#fail(made, words.reason());
    await this.#take(made, begun);
  }

  async #take(made: Made, begun: number): Promise<void> {
    const result = await this.#options.read(made.resultUri);
    if (this.#isStale || this.#isDisposed) return;
    if (!result || result.writtenAt < begun - clockSlackMs)
      return this.#fail(made, 'Nothing was written for it. Is it switched off (`enabled: false`)?');
    this.#result = { text: result.text, at: this.#options.now() };
    this.#set(result.text);
  }

  /** The failure stands above what there was before, so that the eye finds it and the rest keeps its place. */
  #fail({ name }: Made, reason: string): void {
    const head = `${name} could not be compiled (${this.#options.clock(this.#options.now())}):\n\n${reason}`;
    const last = this.#result;
    if (!last) return this.#say(head);
    const note = `\n\nBelow: what it was compiled to at ${this.#options.clock(last.at)}.`;
    this.#set(`${comment(head + note)}\n${last.text}`);
  }

  #say(sentence: string): void {
    this.#result = undefined;
    this.#set(comment(sentence));
  }

  #set(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#options.changed();
  }
}

/** As a comment of SQL, line by line. */
function comment(text: string): string {
  return `${text
    .split('\n')
    .map((line) => `-- ${line}`.trimEnd())
    .join('\n')}\n`;
}
