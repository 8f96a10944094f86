import { cutParts, parseAnsi, type AnsiSegment } from '../shared/ansi.ts';
import { element, setAttribute, setText } from '../shared/dom.ts';
import { formatClock, formatCount } from '../shared/format.ts';
import type { Row } from '../shared/virtual-rows.ts';
import { maxShownCharacters, type LogModel, type StoredLine } from './log-model.ts';
import type { PathLinks } from './path-links.ts';

export interface LogRowContext {
  readonly log: LogModel;
  readonly links: () => PathLinks;
  /** True for lines of the selected step or node. */
  readonly isSelected: (line: StoredLine) => boolean;
  readonly open: (path: string, line: number | undefined) => void;
}

interface Piece extends AnsiSegment {
  readonly link: number | undefined;
}

const marks: Readonly<Record<string, { readonly icon: string; readonly word: string }>> = {
  error: { icon: 'error', word: 'Error' },
  warn: { icon: 'warning', word: 'Warning' },
};

/** One line of output: its level, time and coloured text with links and search hits. */
export class LogRowView implements Row {
  readonly element: HTMLElement;
  readonly #context: LogRowContext;
  readonly #mark = element('span');
  readonly #time = element('span', { class: 'log-time' });
  readonly #text = element('span', { class: 'log-text' });

  constructor(context: LogRowContext) {
    this.#context = context;
    this.element = element('div', { 'data-testid': 'log-row' }, this.#mark, this.#time, this.#text);
  }

  update(position: number): void {
    const { log } = this.#context;
    const line = log.at(position);
    if (line === undefined) return;
    const current = log.currentPosition === position ? ' current' : '';
    const selected = this.#context.isSelected(line) ? ' of-selected' : '';
    setAttribute(this.element, 'class', `log-row level-${line.level} kind-${line.kind}${selected}${current}`);
    this.#updateMark(line, log.at(position - 1));
    setText(this.#time, formatClock(line.at));
    this.#text.replaceChildren(...this.#parts(line));
  }

  /** One mark for what was said in several lines. */
  #updateMark(line: StoredLine, before: StoredLine | undefined): void {
    const goesOn = before?.kind === 'output' && before.level === line.level && before.node === line.node;
    const mark = line.kind === 'output' && !goesOn ? marks[line.level] : undefined;
    setAttribute(
      this.#mark,
      'class',
      mark === undefined ? 'log-mark' : `log-mark codicon codicon-${mark.icon}`,
    );
    setAttribute(this.#mark, 'role', mark === undefined ? undefined : 'img');
    setAttribute(this.#mark, 'aria-label', mark?.word);
  }

  #parts(line: StoredLine): Node[] {
    const plain = line.plain.slice(0, maxShownCharacters);
    const links = this.#context.links().find(plain);
    const segments = parseAnsi(line.text.length > maxShownCharacters ? plain : line.text);
    const linked = cutParts(segments, links, (part, text, link): Piece => ({ ...part, text, link }));
    const pieces = cutParts(linked, this.#context.log.rangesIn(plain), (part, text, hit) => ({
      part,
      text,
      hit,
    }));
    const nodes: Node[] = [];
    let button: { readonly link: number; readonly element: HTMLElement } | undefined;
    for (const { part, text, hit } of pieces) {
      const span = styled(element(hit === undefined ? 'span' : 'mark', {}, text), part);
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
    const cut = line.plain.length - plain.length;
    if (cut > 0)
      nodes.push(
        element('span', { class: 'log-cut' }, ` … ${formatCount(cut)} more characters in the log file`),
      );
    return nodes;
  }

  #createLink(link: { readonly path: string; readonly line?: number } | undefined): HTMLElement {
    const button = element('button', { class: 'link', type: 'button', 'data-testid': 'log-link' });
    button.addEventListener('click', () => {
      if (link !== undefined) this.#context.open(link.path, link.line);
    });
    return button;
  }
}

/** The policy forbids style attributes in HTML; the object model is free. */
function styled(target: HTMLElement, segment: AnsiSegment): HTMLElement {
  if (segment.foreground !== undefined) target.style.color = segment.foreground;
  if (segment.background !== undefined) target.style.backgroundColor = segment.background;
  for (const style of segment.styles) target.classList.add(`ansi-${style}`);
  return target;
}
