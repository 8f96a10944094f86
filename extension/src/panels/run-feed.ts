import type { Clock } from '../../../server/src/runs/clock.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import { RunModel, type RunSnapshot } from '../../../server/src/runs/run-state.ts';
import type { RunStore } from '../../../server/src/runs/run-store.ts';
import type { FromWebview, LogQuery, ToWebview } from '../../../webviews/run/protocol.ts';
import { LogFeed } from '../run-log/log-feed.ts';
import { LogLinks } from '../run-log/log-links.ts';
import type { RunLines } from '../run-log/run-lines.ts';
import { Throttle } from '../throttle.ts';
import type { EarlierDurations } from './earlier-durations.ts';
import { runViewOf } from './run-view-of.ts';

export interface RunFeedOptions {
  readonly source: Pick<RunStore, 'follow'>;
  /** The lines of the run, none of them taken yet. */
  readonly openLines: () => RunLines;
  /** How long things took before; for comparison. */
  readonly readEarlier: () => Promise<EarlierDurations>;
  readonly isFile: (path: string) => Promise<boolean>;
  /** When a file was written last, in whole milliseconds; undefined where there is none. */
  readonly writtenAt: (path: string) => Promise<number | undefined>;
  /** File-system path of the workspace folder that holds the run. */
  readonly folder: string;
  readonly run: string;
  readonly clock: Clock;
  readonly send: (message: ToWebview) => void;
}

/** Reading that takes no longer than this is not worth a word. */
const momentMs = 300;
/** The page hears at most this often, and less often of a run with very many nodes. */
const pauseMs = 100;
const nodesPerExtraMs = 20;

/**
 * Tells a page of one run, from its log alone: `start` reads it from the beginning, so a page that was
 * thrown away and made anew shows the same. Nothing is kept between two starts.
 * The page hears nothing of the run before it has been read as far as it is known: half a log tells of a run that goes on.
 */
export class RunFeed {
  readonly #options: RunFeedOptions;
  #model: RunModel;
  #links: LogLinks;
  #log: LogFeed | undefined;
  #following: { dispose(): void } | undefined;
  readonly #news: Throttle;
  readonly #reading: Throttle;
  /** Which part of what the log held at the start has been read. */
  #part = 0;
  #isFirst = true;
  #earlier: EarlierDurations | undefined;
  /** Files that the run left, and when they were written last. */
  readonly #written = new Map<string, number | undefined>();
  #changed = false;
  #nodes = 0;

  constructor(options: RunFeedOptions) {
    this.#options = options;
    this.#news = new Throttle({
      clock: options.clock,
      pauseMs: () => pauseMs + this.#nodes / nodesPerExtraMs,
      act: () => this.#send(),
    });
    this.#reading = new Throttle({
      clock: options.clock,
      pauseMs: momentMs,
      act: () => options.send({ kind: 'reading', run: options.run, part: this.#part }),
    });
    this.#model = new RunModel(options.run);
    this.#links = new LogLinks(options);
  }

  /** True once the page has been told of the run. */
  get isShown(): boolean {
    return !this.#isFirst;
  }

  /** The run as far as it was read. */
  get snapshot(): RunSnapshot {
    return this.#model.snapshot();
  }

  /** The output under the page's query; undefined before the page has sent one. */
  get log(): LogFeed | undefined {
    return this.#log;
  }

  /** True for files and addresses that the run has named. */
  names(pathOrUrl: string): boolean {
    return this.#links.names(pathOrUrl);
  }

  /** Sends everything from the first event on, then what comes. */
  start(view: number, query: LogQuery): void {
    this.stop();
    const { source, run, openLines, clock, send } = this.#options;
    this.#model = new RunModel(run);
    this.#links = new LogLinks(this.#options);
    const log = new LogFeed({ run, lines: openLines(), links: this.#links, clock, send }, view, query);
    this.#log = log;
    this.#part = 0;
    this.#isFirst = true;
    this.#changed = false;
    this.#nodes = 0;
    this.#compare(log);
    this.#following = source.follow(
      run,
      (events, offsets) => this.#take(log, events, offsets),
      (end) => {
        if (end.kind !== 'ended') this.#model.interrupt();
        this.#changed = true;
        this.#part = 1;
        this.#reading.stop();
        this.#news.now();
        if (end.kind === 'unreadable' && this.#isFirst) send({ kind: 'unavailable', message: end.message });
        else log.end();
      },
      { onCatchUp: (part) => this.#catchUp(log, part) },
    );
  }

  #catchUp(log: LogFeed, part: number): void {
    this.#part = part;
    if (part < 1) return this.#reading.soon();
    this.#reading.stop();
    this.#show(log);
  }

  #show(log: LogFeed): void {
    this.#news.now();
    if (!this.#isFirst) log.flush();
  }

  /** The history is read beside: nobody waits for it. */
  #compare(log: LogFeed): void {
    if (this.#earlier !== undefined) return;
    void this.#options.readEarlier().then(
      (earlier) => {
        this.#earlier = earlier;
        if (this.#log !== log || this.#isFirst) return;
        this.#changed = true;
        this.#news.now();
      },
      () => {
        // What cannot be read is not compared with.
      },
    );
  }

  /** Passes on what the page wants to see of the output. */
  receive(message: Extract<FromWebview, { readonly kind: 'view' | 'rows' | 'locate' }>): void {
    this.#log?.receive(message);
  }

  stop(): void {
    this.#following?.dispose();
    this.#following = undefined;
    this.#log?.stop();
    this.#reading.stop();
    this.#news.stop();
  }

  #take(log: LogFeed, events: readonly RunEvent[], offsets: readonly number[]): void {
    for (const event of events) {
      this.#model.apply(event);
      if (event.type === 'node-started') this.#nodes++;
      if (event.type !== 'output') this.#changed = true;
    }
    log.append(events, offsets);
    if (this.#part < 1) return;
    if (this.#isFirst) this.#show(log);
    else if (this.#changed) this.#news.soon();
  }

  /** Tells the page how the run stands, where that is news. */
  #send(): void {
    if (!this.#changed) return;
    const { send, folder, clock } = this.#options;
    const snapshot = this.#model.snapshot();
    const run = runViewOf(snapshot, folder, { earlier: this.#earlier, written: this.#written });
    if (run === undefined) return;
    this.#isFirst = false;
    this.#changed = false;
    this.#links.setRun(snapshot);
    send({ kind: 'run', run, now: clock.now() });
    void this.#lookAtArtifacts(snapshot);
  }

  /** A later run may have written them anew. */
  async #lookAtArtifacts({ steps }: RunSnapshot): Promise<void> {
    for (const { path, modifiedMs } of steps.flatMap(({ artifacts = [] }) => artifacts)) {
      const now = await this.#options.writtenAt(path);
      if (now === (this.#written.has(path) ? this.#written.get(path) : modifiedMs)) continue;
      this.#written.set(path, now);
      if (!this.#following) continue;
      this.#changed = true;
      this.#news.soon();
    }
  }
}
