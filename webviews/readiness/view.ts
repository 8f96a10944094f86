import { element, setText, setVisible } from '../shared/dom.ts';
import type { Host } from '../shared/host.ts';
import { CategoriesView } from './categories-view.ts';
import { ChecksView } from './checks-view.ts';
import { ItemsView } from './items-view.ts';
import type { ExportFormat, FromWebview, PanelState, ReadinessView, ToWebview } from './protocol.ts';
import { reportHtml, reportSvg } from './report/html.ts';
import { reportMarkdown } from './report/markdown.ts';
import { RisksView } from './risks-view.ts';
import { StartView } from './start-view.ts';
import { SummaryView } from './summary-view.ts';
import { TrendView } from './trend-view.ts';
import { WaiversView } from './waivers-view.ts';

const untouched: PanelState = { filter: 'all', opened: [] };

/** The readiness page: draws what the extension tells, and says what somebody presses. */
export class ReadinessPage {
  readonly #host: Host<ToWebview, FromWebview, PanelState>;
  readonly #summary: SummaryView;
  readonly #categories: CategoriesView;
  readonly #trend: TrendView;
  readonly #checks: ChecksView;
  readonly #next: ItemsView;
  readonly #contradictions: ItemsView;
  readonly #risks: RisksView;
  readonly #waivers: WaiversView;
  readonly #main = element('main', { class: 'readiness' });
  readonly #notice = element('p', { class: 'notice', 'data-testid': 'notice' }, 'Reading the workspace…');
  readonly #start: StartView;
  /** Says to screen readers what changed. */
  readonly #announcer = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  #view: ReadinessView | undefined;

  constructor(root: HTMLElement, host: Host<ToWebview, FromWebview, PanelState>) {
    this.#host = host;
    const open = (place: string): void => host.post({ kind: 'open', place });
    const takeBack = (check: string): void => host.post({ kind: 'take-back', check });
    this.#summary = new SummaryView({
      checkAll: (costly) => host.post({ kind: 'check-all', costly }),
      writeFigures: () => host.post({ kind: 'write-figures' }),
      exportMarkdown: () => this.#export('markdown', reportMarkdown),
      exportHtml: () => this.#export('html', reportHtml),
    });
    this.#categories = new CategoriesView(open);
    this.#trend = new TrendView(() => this.#export('svg', reportSvg));
    this.#checks = new ChecksView(
      {
        check: (id) => host.post({ kind: 'check', checks: [id] }),
        waive: (check) => host.post({ kind: 'waive', check }),
        takeBack,
        open,
        changed: () => host.save(this.#checks.state),
      },
      host.saved ?? untouched,
    );
    const items = {
      open,
      mark: (item: string): void => host.post({ kind: 'mark', item }),
      rank: (item: string): void => host.post({ kind: 'rank', item }),
      check: (checks: readonly string[]): void => host.post({ kind: 'check', checks }),
    };
    this.#next = new ItemsView('Next Best', 'next', items);
    this.#contradictions = new ItemsView('Claim and Evidence Differ', 'contradictions', items);
    this.#risks = new RisksView(open);
    this.#waivers = new WaiversView({ open, takeBack });
    this.#start = new StartView((what) => host.post({ kind: 'create', what }));
    this.#main.append(
      this.#summary.element,
      this.#start.element,
      element(
        'div',
        { class: 'columns' },
        element('div', { class: 'column' }, this.#categories.element, this.#trend.element),
        element(
          'div',
          { class: 'column column-beside' },
          this.#contradictions.element,
          this.#next.element,
          this.#risks.element,
          this.#waivers.element,
        ),
        element('div', { class: 'column' }, this.#checks.element),
      ),
    );
    root.append(this.#main, this.#notice, this.#announcer);
    setVisible(this.#main, false);
  }

  /** Listens, and asks for readiness. */
  start(): void {
    this.#host.onMessage((message) => this.#receive(message));
    this.#host.post({ kind: 'ready' });
  }

  #receive(message: ToWebview): void {
    switch (message.kind) {
      case 'readiness':
        return this.#show(message.view);
      case 'checking':
        return this.#checking(message.checks);
      case 'nothing':
        setText(this.#notice, message.message);
        setVisible(this.#notice, true);
        setVisible(this.#main, false);
    }
  }

  #show(view: ReadinessView): void {
    const before = this.#view?.sentence;
    this.#view = view;
    setVisible(this.#notice, false);
    setVisible(this.#main, true);
    this.#summary.update(view);
    this.#summary.busy(false);
    this.#checks.checking(new Set());
    this.#start.update(view);
    this.#categories.update(view);
    this.#trend.update(view);
    this.#checks.update(view);
    this.#next.update(view.next);
    this.#contradictions.update(view.contradictions);
    this.#risks.update(view);
    this.#waivers.update(view);
    if (before !== view.sentence) setText(this.#announcer, view.sentence);
  }

  #checking(checks: readonly string[]): void {
    const all = this.#view?.checks.map(({ id }) => id) ?? [];
    this.#checks.checking(new Set(checks.length === 0 ? all : checks));
    this.#summary.busy(checks.length === 0);
  }

  #export(format: ExportFormat, report: (view: ReadinessView) => string | undefined): void {
    const text = this.#view && report(this.#view);
    if (text !== undefined) this.#host.post({ kind: 'export', format, text });
  }
}
