import type { Page } from 'playwright-core';
import { systemClock } from '../../server/src/runs/clock.ts';
import { RunModel } from '../../server/src/runs/run-state.ts';
import { LogFeed } from '../../extension/src/run-log/log-feed.ts';
import { LogLinks } from '../../extension/src/run-log/log-links.ts';
import type { RunLines } from '../../extension/src/run-log/run-lines.ts';
import { MemoryLines } from '../../extension/src/run-log/test-support/memory-lines.ts';
import { readFromWebview } from '../../extension/src/panels/from-webview.ts';
import type { FromWebview, LogLine, PanelState, ToWebview } from '../../webviews/run/protocol.ts';
import type { DemoRun } from './demo-run.ts';
import type { PanelPage } from './panel-page.ts';

type OpenPanel = (options: {
  readonly onPosted: (message: unknown) => void;
}) => Promise<PanelPage<ToWebview, FromWebview, PanelState>>;

/** Files that are there for the sake of links. */
const files = new Set(['/home/dev/shop/transform/macros/cents.sql', '/home/dev/shop/scripts/load.py']);

/** The run panel in a browser with what the extension does for its output behind it. */
export class RunPanelPage {
  readonly panel: PanelPage<ToWebview, FromWebview, PanelState>;
  #memory = new MemoryLines();
  #lines: RunLines = this.#memory;
  #feed: LogFeed | undefined;
  #handled = 0;
  #sending: Promise<void> = Promise.resolve();
  #asked: Extract<FromWebview, { readonly kind: 'ready' | 'view' }> | undefined;

  private constructor(panel: PanelPage<ToWebview, FromWebview, PanelState>) {
    this.panel = panel;
  }

  static async open(open: OpenPanel): Promise<RunPanelPage> {
    let self: RunPanelPage | undefined;
    const early: unknown[] = [];
    const panel = await open({
      onPosted: (message) => (self === undefined ? early.push(message) : self.#receive(message)),
    });
    self = new RunPanelPage(panel);
    await panel.frames();
    for (const message of early) self.#receive(message);
    return self;
  }

  get page(): Page {
    return this.panel.page;
  }

  get problems(): readonly string[] {
    return this.panel.problems;
  }

  /** Shows a run whose whole output is there: these lines, or those of a source. */
  async show({ run, lines, now }: DemoRun, from?: RunLines): Promise<void> {
    this.#memory = new MemoryLines();
    this.#memory.add(lines);
    this.#lines = from ?? this.#memory;
    this.#send({ kind: 'run', run, now });
    this.#start(run);
    if (run.status !== 'running') this.#feed?.end();
    await this.frames();
  }

  /** The run has printed more. */
  async print(lines: readonly LogLine[]): Promise<void> {
    this.#memory.add(lines);
    this.#feed?.flush();
    await this.frames();
  }

  async deliver(...messages: readonly ToWebview[]): Promise<void> {
    await this.panel.send(...messages);
    await this.frames();
  }

  /** Lets the page draw until it has asked for nothing more. */
  async frames(): Promise<void> {
    let before: number;
    do {
      before = this.#handled;
      await this.#sending;
      await this.panel.frames();
    } while (this.#handled !== before);
  }

  /** What the page asked of the editor, beside what it wants to see of the output. */
  async posted(): Promise<readonly FromWebview[]> {
    const quiet = new Set(['ready', 'view', 'rows', 'locate']);
    return (await this.panel.posted()).filter(({ kind }) => !quiet.has(kind));
  }

  state(): Promise<PanelState> {
    return this.panel.state();
  }

  byId(testId: string) {
    return this.panel.byId(testId);
  }

  /** The texts of the lines in the document. */
  texts(): Promise<string[]> {
    return this.page.locator('.log-text').allTextContents();
  }

  /** What a copy of the output would hold. */
  async output(): Promise<string> {
    let all = '';
    for await (const piece of this.#feed?.texts(() => '') ?? []) all += piece;
    return all;
  }

  close(): Promise<void> {
    this.#feed?.stop();
    return this.page.close();
  }

  #start({ id, steps, startedAt, folder }: DemoRun['run']): void {
    this.#feed?.stop();
    const links = new LogLinks({ folder, isFile: async (path) => files.has(path) });
    const at = new Date(startedAt).toISOString();
    links.setRun({
      ...new RunModel(id).snapshot(),
      steps: steps.map(({ command: _c, startedAt: _at, status: _s, artifacts: _a, ...step }) => ({
        ...step,
        status: 'succeeded',
        cwd: `${folder}/transform`,
        nodes: step.nodes.map((node) => ({ ...node, startedAt: at })),
      })),
    });
    const { view, query } = this.#asked!;
    const send = (message: ToWebview): void => this.#send(message);
    this.#feed = new LogFeed({ run: id, lines: this.#lines, links, clock: systemClock, send }, view, query);
    this.#feed.flush();
  }

  #send(message: ToWebview): void {
    this.#handled++;
    this.#sending = this.#sending.then(() => this.panel.send(message)).catch(() => {});
  }

  #receive(value: unknown): void {
    this.#handled++;
    const message = readFromWebview(value);
    if (message?.kind === 'ready' || message?.kind === 'view') this.#asked = message;
    if (message?.kind === 'view' || message?.kind === 'rows' || message?.kind === 'locate')
      this.#feed?.receive(message);
  }
}
