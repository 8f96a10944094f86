const namespace = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes; never pass `style`. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

export interface TextMeasure {
  /** In pixels. */
  width(text: string, font: { readonly size: number; readonly bold?: boolean }): number;
  /** The text, cut with an ellipsis where it is wider than that. */
  cut(text: string, width: number, font: { readonly size: number; readonly bold?: boolean }): string;
}

/** Measures in the page's own font as it is now. */
export function createMeasure(): TextMeasure {
  const context = document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(document.body).fontFamily;
  const measure: TextMeasure = {
    width: (text, { size, bold = false }) => {
      if (!context) return text.length * size * 0.6;
      context.font = `${bold ? '600 ' : ''}${size}px ${family}`;
      return context.measureText(text).width;
    },
    cut: (text, width, font) => {
      if (measure.width(text, font) <= width) return text;
      let [low, high] = [0, text.length];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (measure.width(`${text.slice(0, middle)}…`, font) <= width) low = middle;
        else high = middle - 1;
      }
      return `${text.slice(0, low)}…`;
    },
  };
  return measure;
}
