import type { Size } from './layout.ts';

const margin = 32;
/** What of a drawn element decides how it looks; all else is the same everywhere. */
const paints = ['fill', 'stroke'] as const;
const others = [
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;
const standing: Readonly<Record<string, string>> = {
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  opacity: '1',
  'text-anchor': 'start',
};

/** The drawing as a file that needs nothing else: colours as they are seen now, no script, no style sheet. */
export function exportSvg(drawing: SVGGElement, size: Size, title: string): string {
  const colours = new Colours();
  const copy = drawing.cloneNode(true) as SVGGElement;
  const [shown, made] = [all(drawing), all(copy)];
  for (const [index, element] of shown.entries()) {
    if (getComputedStyle(element).display === 'none') made[index]!.remove();
    else resolve(element, made[index]!, colours);
  }
  copy.removeAttribute('transform');
  const [width, height] = [Math.ceil(size.width + 2 * margin), Math.ceil(size.height + 2 * margin)];
  const background = colours.read(getComputedStyle(document.body).backgroundColor);
  const file = document.implementation.createDocument('http://www.w3.org/2000/svg', 'svg', null);
  const root = file.documentElement;
  const set = (name: string, value: string | number): void => root.setAttribute(name, String(value));
  set('width', width);
  set('height', height);
  set('viewBox', `${-margin} ${-margin} ${width} ${height}`);
  set('role', 'img');
  const heading = file.createElementNS(root.namespaceURI, 'title');
  heading.textContent = title;
  const ground = file.createElementNS(root.namespaceURI, 'rect');
  const place = { x: -margin, y: -margin, width, height, fill: background.colour };
  for (const [name, value] of Object.entries(place)) ground.setAttribute(name, String(value));
  root.append(heading, ground, file.importNode(copy, true));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}

function all(root: SVGGElement): readonly SVGElement[] {
  return [root, ...root.querySelectorAll<SVGElement>('*')];
}

function resolve(shown: SVGElement, made: SVGElement, colours: Colours): void {
  const keep = new Set(['d', 'transform', 'x', 'y', 'width', 'height', 'rx']);
  for (const name of made.getAttributeNames()) if (!keep.has(name)) made.removeAttribute(name);
  if (!/^(rect|path|text)$/.test(shown.tagName)) return;
  const style = getComputedStyle(shown);
  for (const paint of paints) {
    const value = style.getPropertyValue(paint);
    if (value === 'none' && paint === 'stroke') continue;
    const { colour, opacity } = colours.read(value);
    made.setAttribute(paint, colour);
    if (opacity < 1) made.setAttribute(`${paint}-opacity`, opacity.toFixed(3));
  }
  for (const name of others) {
    const value = style.getPropertyValue(name);
    if (value === '' || value === standing[name] || (name.startsWith('font') && shown.tagName !== 'text'))
      continue;
    made.setAttribute(name, value);
  }
}

/** Any colour that a style sheet may give, as one that every program reads. */
class Colours {
  readonly #context: CanvasRenderingContext2D | null;
  readonly #known = new Map<string, { readonly colour: string; readonly opacity: number }>();

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
  }

  read(value: string): { readonly colour: string; readonly opacity: number } {
    if (value === 'none' || !this.#context) return { colour: value, opacity: 1 };
    let known = this.#known.get(value);
    if (!known) this.#known.set(value, (known = this.#paint(value, this.#context)));
    return known;
  }

  #paint(value: string, context: CanvasRenderingContext2D): { colour: string; opacity: number } {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    const colour = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    return { colour, opacity: alpha / 255 };
  }
}
