/**
 * Where the keyboard is in the page. The editor takes the focus away, also from who only just got it, and gives it back to
 * the page as a whole: who comes back is where they were, who comes for the first time is at its home.
 */
export class PageFocus {
  readonly #home: () => void;
  #last: HTMLElement | undefined;

  constructor(home: () => void) {
    this.#home = home;
    document.addEventListener('focusin', (event) => {
      // The field itself and not the element around it, which would mark all that is written in it.
      const [inner] = event.composedPath();
      this.#last = inner instanceof HTMLElement ? inner : undefined;
    });
  }

  /** Something else is shown: who comes is at its home. */
  forget(): void {
    this.#last = undefined;
  }

  /** Gives the focus to something, where the page has it and nothing in the page does; not amid a selection of text. */
  keep(): void {
    if (!document.hasFocus() || document.activeElement !== document.body) return;
    if (document.getSelection()?.isCollapsed === false) return;
    if (this.#last?.isConnected === true && this.#last.checkVisibility())
      this.#last.focus({ preventScroll: true });
    else this.#home();
  }
}
