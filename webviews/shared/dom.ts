/** An element with attributes. `class` and `data-…` are attributes like any other; never pass `style`. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Writes the text only when it differs, so that a redraw of the same state costs no layout. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets, or with undefined removes, an attribute when it differs. */
export function setAttribute(target: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) {
    if (target.hasAttribute(name)) target.removeAttribute(name);
  } else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

export function setVisible(target: HTMLElement, visible: boolean): void {
  if (target.hidden === visible) target.hidden = !visible;
}
