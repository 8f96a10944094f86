import { element } from '../shared/dom.ts';
import type { ReadinessView } from './protocol.ts';
import { createLink, createSection, withCode, type Section } from './section.ts';
import { timeText } from './time-text.ts';
import { trendCharts, type TrendChart } from './trend-charts.ts';

/** How tasks and checks went, as burn-up charts, with the same as tables, and what moved. */
export class TrendView {
  readonly #section: Section = createSection('Trend', 'trend');
  readonly #isTable = new Set<string>();
  readonly #export: () => void;

  constructor(exportCharts: () => void) {
    this.#export = exportCharts;
  }

  get element(): HTMLElement {
    return this.#section.element;
  }

  update(view: ReadinessView): void {
    const { trend, takenMs, moved, atRisk } = view;
    const charts = trendCharts(trend, takenMs);
    this.#section.show(charts.length > 0);
    if (charts.length === 0) return;
    this.#section.tools.replaceChildren(
      createLink('Export as SVG…', 'Save the charts as one picture', this.#export),
    );
    this.#section.note(`since ${timeText(trend[0]!.atMs)}`);
    const notes = [
      ...moved.map(
        ({ category, what, from, to }) =>
          `${category}: ${from} % → ${to} % ${what} in the last week (${to > from ? 'up' : 'down'})`,
      ),
      ...atRisk,
    ];
    this.#section.body.replaceChildren(
      element('div', { class: 'charts' }, ...charts.map((chart) => this.#chart(chart, view))),
      ...(notes.length === 0
        ? []
        : [element('ul', { class: 'notes' }, ...notes.map((each) => element('li', {}, ...withCode(each))))]),
    );
  }

  #chart(chart: TrendChart, view: ReadinessView): HTMLElement {
    const { title, verb, points, svg } = chart;
    const isTable = this.#isTable.has(title);
    const toggle = createLink(isTable ? 'as a chart' : 'as a table', `Show ${title} otherwise`, () => {
      if (!this.#isTable.delete(title)) this.#isTable.add(title);
      this.update(view);
      this.#section.body.querySelector<HTMLElement>(`[data-chart="${title}"] .link`)?.focus();
    });
    const last = points.at(-1)!;
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    return element(
      'figure',
      { class: 'chart', 'data-testid': 'chart', 'data-chart': title },
      element('figcaption', {}, `${title}: ${last.done} of ${last.total} ${verb} `, toggle),
      isTable ? tableOf(chart) : document.adoptNode(drawn),
    );
  }
}

function tableOf({ points, verb, title }: TrendChart): HTMLElement {
  const cells = (tag: string, texts: readonly string[]): HTMLElement =>
    element('tr', {}, ...texts.map((text) => element(tag, tag === 'th' ? { scope: 'col' } : {}, text)));
  const rows = points
    .toReversed()
    .map(({ atMs, done, total }) => cells('td', [timeText(atMs), String(done), String(total)]));
  return element(
    'div',
    { class: 'chart-table', tabindex: '0' },
    element(
      'table',
      {},
      element('caption', { class: 'visually-hidden' }, `${title} over time`),
      element('thead', {}, cells('th', ['When', `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`, 'All'])),
      element('tbody', {}, ...rows),
    ),
  );
}
