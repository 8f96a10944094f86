import { element, setVisible } from '../shared/dom.ts';
import { runSentence } from '../shared/graph/node-run.ts';
import { placeOf, type GraphModel } from './graph-model.ts';
import type { BoxView } from './protocol.ts';

const columns = ['Name', 'What', 'System', 'Place', 'Last run', 'Comes from', 'Leads to'];
/** More names in a cell are counted. */
const mostNames = 5;

/** The same as the picture in rows: for whoever reads better than looks, and for screen readers. */
export class TableView {
  readonly element = element('div', { class: 'table-pane', 'data-testid': 'table', tabindex: '-1' });
  readonly #press: (box: BoxView) => void;

  /** `press` opens the file of a node, or a group. */
  constructor(press: (box: BoxView) => void) {
    this.#press = press;
    setVisible(this.element, false);
  }

  show(model: GraphModel): void {
    const { boxes, edges } = model.graph;
    const before = new Map<string, string[]>();
    const behind = new Map<string, string[]>();
    const name = (id: string): string => model.box(id)?.label ?? '';
    for (const { from, to } of edges) {
      push(behind, from, name(to));
      push(before, to, name(from));
    }
    const head = element(
      'thead',
      {},
      row(
        'th',
        columns.map((title) => title),
      ),
    );
    const rows = boxes.map((box) =>
      row('td', [
        this.#button(box),
        box.note,
        model.systemTitle(box),
        placeOf(box),
        stateText(box),
        listed(before.get(box.id)),
        listed(behind.get(box.id)),
      ]),
    );
    const caption = element('caption', { class: 'visually-hidden' }, model.summary());
    this.element.replaceChildren(element('table', {}, caption, head, element('tbody', {}, ...rows)));
  }

  #button(box: BoxView): HTMLElement {
    const hint = box.kind === 'group' ? `Expand ${box.label}` : `Open the file of ${box.label}`;
    const button = element('button', { class: 'link', type: 'button', title: hint }, box.label);
    button.addEventListener('click', () => this.#press(box));
    return button;
  }
}

function row(tag: 'th' | 'td', cells: readonly (HTMLElement | string)[]): HTMLElement {
  const scope = tag === 'th' ? { scope: 'col' } : {};
  return element('tr', {}, ...cells.map((cell) => element(tag, scope, cell)));
}

function stateText({ run, attention }: BoxView): string {
  if (run) return runSentence(run);
  return (attention ?? []).map(({ status, count }) => `${count} ${status}`).join(', ');
}

function listed(names: readonly string[] = []): string {
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return names.slice(0, mostNames).join(', ') + more;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
