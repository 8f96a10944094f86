import { element } from './dom.ts';

const keyStep = 16;

/** A line between two parts that is dragged, or moved with the arrow keys. Widths are in pixels. */
export function createSplitter(options: {
  readonly label: string;
  readonly width: () => number;
  readonly setWidth: (width: number) => void;
  /** The person let go. */
  readonly onDone: () => void;
}): HTMLElement {
  const splitter = element('div', {
    class: 'splitter',
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'vertical',
    'aria-label': options.label,
  });
  splitter.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    splitter.setPointerCapture(event.pointerId);
    const offset = options.width() - event.clientX;
    const onMove = (move: PointerEvent): void => options.setWidth(move.clientX + offset);
    const onUp = (): void => {
      splitter.removeEventListener('pointermove', onMove);
      options.onDone();
    };
    splitter.addEventListener('pointermove', onMove);
    splitter.addEventListener('lostpointercapture', onUp, { once: true });
  });
  splitter.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowLeft' ? -keyStep : event.key === 'ArrowRight' ? keyStep : 0;
    if (step === 0) return;
    event.preventDefault();
    options.setWidth(options.width() + step);
    options.onDone();
  });
  return splitter;
}
