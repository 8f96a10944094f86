import { cutParts, parseAnsi, type AnsiSegment } from '../shared/ansi.ts';
import { element, setAttribute, setText } from '../shared/dom.ts';
import { formatCount } from '../shared/format.ts';
import type { LogLink, LogRow, TimeStamps } from './protocol.ts';
import { stampOf } from './time-stamps.ts';
import type { LineView } from './virtual-lines.ts';

export interface LogRowContext {
  readonly rowAt: (position: number) => LogRow | undefined;
  /** How many rows there are, for who cannot see them. */
  readonly count: () => number;
  /** Lines that a step or node has beyond its first one. */
  readonly foldable: (key: string) => number;
  readonly isFolded: (key: string) => boolean;
  readonly times: () => TimeStamps;
  /** When the run began. */
  readonly began: () => number;
  /** True for lines of the selected step or node. */
  readonly isSelected: (row: LogRow) => boolean;
  readonly currentHit: () => number | undefined;
  readonly activePosition: () => number | undefined;
  readonly follow: (link: LogLink) => void;
  readonly toggleFold: (key: string) => void;
}

interface Piece extends AnsiSegment {
  readonly link: number | undefined;
}

const marks: Readonly<Record<string, { readonly icon: string; readonly word: string }>> = {
  error: { icon: 'error', word: 'Error' },
  warn: { icon: 'warning', word: 'Warning' },
};

export function logRowId(position: number): string {
  return `line-${position}`;
}

/** One line of output: its fold, level, time and coloured text with links and search hits. */
export class LogRowView implements LineView {
  readonly element: HTMLElement;
  readonly #context: LogRowContext;
  readonly #fold = element('span', { class: 'log-fold', 'aria-hidden': 'true', 'data-testid': 'log-fold' });
  readonly #mark = element('span');
  readonly #time = element('span', { class: 'log-time' });
  readonly #text = element('span', { class: 'log-text' });
  #foldKey: string | undefined;

  constructor(context: LogRowContext) {
    this.#context = context;
    this.element = element(
      'div',
      { 'data-testid': 'log-row', role: 'treeitem', 'aria-level': '1' },
      this.#fold,
      this.#mark,
      this.#time,
      this.#text,
    );
    this.#fold.addEventListener('click', (event) => {
      if (this.#foldKey === undefined) return;
      event.stopPropagation();
      context.toggleFold(this.#foldKey);
    });
  }

  update(position: number): void {
    const { rowAt, count, currentHit, activePosition, isSelected, times, began } = this.#context;
    const row = rowAt(position);
    setAttribute(this.element, 'id', logRowId(position));
    setAttribute(this.element, 'data-position', String(position));
    setAttribute(this.element, 'aria-posinset', String(position + 1));
    setAttribute(this.element, 'aria-setsize', String(count()));
    const isActive = activePosition() === position;
    setAttribute(this.element, 'aria-selected', String(isActive));
    const states = [
      'log-row',
      row === undefined ? 'absent' : `level-${row.level} kind-${row.kind}`,
      row !== undefined && isSelected(row) ? 'of-selected' : '',
      currentHit() === position ? 'current' : '',
      isActive ? 'active' : '',
    ];
    setAttribute(this.element, 'class', states.filter((state) => state !== '').join(' '));
    this.#updateFold(row?.fold);
    this.#updateMark(row, rowAt(position - 1));
    setText(this.#time, row === undefined ? '' : stampOf(row.at, began(), times()).trim());
    this.#updateText(row);
  }

  #updateText(row: LogRow | undefined): void {
    if (row !== undefined && !isPlain(row)) this.#text.replaceChildren(...this.#parts(row));
    else if (this.#text.childElementCount > 0) this.#text.textContent = row?.text ?? '';
    else setText(this.#text, row?.text ?? '');
  }

  #updateFold(key: string | undefined): void {
    const { foldable, isFolded } = this.#context;
    this.#foldKey = key !== undefined && foldable(key) > 0 ? key : undefined;
    const folded = this.#foldKey !== undefined && isFolded(this.#foldKey);
    const icon = this.#foldKey === undefined ? '' : ` codicon codicon-chevron-${folded ? 'right' : 'down'}`;
    setAttribute(this.#fold, 'class', `log-fold${icon}`);
    setAttribute(this.element, 'aria-expanded', this.#foldKey === undefined ? undefined : String(!folded));
    this.element.classList.toggle('folded', folded);
  }

  /** One mark for what was said in several lines. */
  #updateMark(row: LogRow | undefined, before: LogRow | undefined): void {
    const goesOn = before?.kind === 'output' && before.level === row?.level && before.node === row.node;
    const mark = row?.kind === 'output' && !goesOn ? marks[row.level] : undefined;
    setAttribute(
      this.#mark,
      'class',
      mark === undefined ? 'log-mark' : `log-mark codicon codicon-${mark.icon}`,
    );
    setAttribute(this.#mark, 'role', mark === undefined ? undefined : 'img');
    setAttribute(this.#mark, 'aria-label', mark?.word);
  }

  #parts(row: LogRow): Node[] {
    const { links = [], hits = [] } = row;
    const linked = cutParts(parseAnsi(row.text), links, (part, text, link): Piece => ({
      ...part,
      text,
      link,
    }));
    const nodes: Node[] = [];
    let button: { readonly link: number; readonly element: HTMLElement } | undefined;
    for (const { part, span } of cutParts(linked, hits, (part, text, hit) => ({
      part,
      span: styled(element(hit === undefined ? 'span' : 'mark', {}, text), part),
    }))) {
      if (part.link === undefined) {
        nodes.push(span);
        continue;
      }
      if (button?.link !== part.link) {
        button = { link: part.link, element: this.#createLink(links[part.link]) };
        nodes.push(button.element);
      }
      button.element.append(span);
    }
    if (row.cut !== undefined)
      nodes.push(
        element('span', { class: 'log-cut' }, ` … ${formatCount(row.cut)} more characters in the log file`),
      );
    const hidden =
      this.#foldKey !== undefined && this.#context.isFolded(this.#foldKey)
        ? this.#context.foldable(this.#foldKey)
        : 0;
    if (hidden > 0)
      nodes.push(
        element(
          'span',
          { class: 'log-hidden' },
          `${formatCount(hidden)} more ${hidden === 1 ? 'line' : 'lines'}`,
        ),
      );
    return nodes;
  }

  /** Not reached by Tab, of which a log would need thousands: Enter on the line follows its first link. */
  #createLink(link: LogLink | undefined): HTMLElement {
    const button = element('button', {
      class: 'link',
      type: 'button',
      tabindex: '-1',
      'data-testid': 'log-link',
    });
    if (link === undefined) return button;
    button.title = linkTitle(link);
    button.addEventListener('click', () => this.#context.follow(link));
    return button;
  }
}

/** Nothing of the line has a look of its own; most lines by far. */
function isPlain({ text, links, hits, cut, fold }: LogRow): boolean {
  return (
    links === undefined &&
    hits === undefined &&
    cut === undefined &&
    fold === undefined &&
    !text.includes('\u001b')
  );
}

function linkTitle(link: LogLink): string {
  if (link.kind === 'url') return `Open ${link.url}`;
  const line = link.line === undefined ? '' : `:${link.line}`;
  return `Open ${link.path}${line}${link.column === undefined ? '' : `:${link.column}`}`;
}

/** The policy forbids style attributes in HTML; the object model is free. */
function styled(target: HTMLElement, segment: AnsiSegment): HTMLElement {
  // The style sheet makes of these what can be read in the theme.
  if (segment.foreground !== undefined) {
    target.classList.add('ansi-coloured');
    target.style.setProperty('--ansi-colour', segment.foreground);
  }
  if (segment.background !== undefined) {
    target.classList.add('ansi-backed');
    target.style.setProperty('--ansi-back', segment.background);
  }
  for (const style of segment.styles) target.classList.add(`ansi-${style}`);
  return target;
}
