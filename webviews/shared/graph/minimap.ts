import { element, setVisible } from '../dom.ts';
import type { Placement, Point, Size } from './layout.ts';
import type { View } from './viewport-model.ts';

const width = 176;
const height = 112;
const padding = 6;
const mostSqueezed = 8;

/** Fewer nodes than these are seen well enough without. */
const minimapFrom = 50;

/** The whole graph in a corner, with what is seen of it now; a press moves there. For the mouse: the keyboard walks. */
export class Minimap {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #colourOf: (id: string) => string;
  #placement: Placement | undefined;
  #size: Size = { width: 0, height: 0 };

  /** `colourOf` gives a node's colour as a style sheet's variable; `goTo` is told the place that is to be in the middle. */
  constructor(actions: { colourOf(id: string): string; goTo(place: Point): void }) {
    this.#colourOf = (id) => actions.colourOf(id);
    this.#canvas = document.createElement('canvas');
    this.#canvas.width = width * 2;
    this.#canvas.height = height * 2;
    this.element = element('div', { class: 'minimap', 'aria-hidden': 'true', 'data-testid': 'minimap' });
    this.element.append(this.#canvas);
    setVisible(this.element, false);
    const go = ({ offsetX, offsetY }: PointerEvent): void => {
      const placement = this.#placement;
      if (!placement) return;
      const { across, along, left, top } = this.#fit(placement);
      actions.goTo({ x: (offsetX - left) / across, y: (offsetY - top) / along });
    };
    this.#canvas.addEventListener('pointerdown', (event) => {
      this.#canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    this.#canvas.addEventListener('pointermove', (event) => {
      if (event.buttons === 1) go(event);
    });
  }

  /** Shows another graph, whose nodes have this size. */
  show(placement: Placement, size: Size): void {
    this.#placement = placement;
    this.#size = size;
    setVisible(this.element, placement.nodes.size >= minimapFrom);
  }

  /** Draws the graph and the frame of what is seen. */
  draw(view: View, pane: Size): void {
    const placement = this.#placement;
    const context = this.#canvas.getContext('2d');
    if (!placement || !context || this.element.hidden) return;
    const style = getComputedStyle(this.element);
    const colours = new Map<string, string>();
    const { across, along, left, top } = this.#fit(placement);
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.clearRect(0, 0, width, height);
    const box = {
      width: Math.max(1, this.#size.width * across),
      height: Math.max(1, this.#size.height * along),
    };
    for (const { id, x, y } of placement.nodes.values()) {
      const name = this.#colourOf(id);
      let colour = colours.get(name);
      if (colour === undefined)
        colours.set(name, (colour = style.getPropertyValue(name).trim() || style.color));
      context.fillStyle = colour;
      context.fillRect(
        left + x * across - box.width / 2,
        top + y * along - box.height / 2,
        box.width,
        box.height,
      );
    }
    context.strokeStyle = style.color;
    context.lineWidth = 1;
    context.strokeRect(
      left - (view.x / view.scale) * across,
      top - (view.y / view.scale) * along,
      (pane.width / view.scale) * across,
      (pane.height / view.scale) * along,
    );
  }

  /** Long graphs are squeezed: what matters is where one is, not how far it is. */
  #fit(placement: Placement): { across: number; along: number; left: number; top: number } {
    const room = { width: width - 2 * padding, height: height - 2 * padding };
    const [wide, high] = [
      room.width / Math.max(1, placement.width),
      room.height / Math.max(1, placement.height),
    ];
    const [across, along] = [Math.min(wide, high * mostSqueezed), Math.min(high, wide * mostSqueezed)];
    return {
      across,
      along,
      left: (width - placement.width * across) / 2,
      top: (height - placement.height * along) / 2,
    };
  }
}
