import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { element } from './dom.ts';

/** Makes the toolkit's elements known to the page. Nothing else imports the toolkit, so it can be replaced here. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}

export interface ButtonOptions {
  readonly label: string;
  /** A codicon's name. */
  readonly icon: string;
  readonly testId?: string;
  readonly onPress: () => void;
}

/** A button with icon and text. */
export function createButton(options: ButtonOptions & { readonly primary?: boolean }): HTMLElement {
  const button = element('vscode-button', { appearance: options.primary === true ? 'primary' : 'secondary' });
  const icon = createIcon(options.icon);
  icon.slot = 'start';
  button.append(icon, options.label);
  return wire(button, options);
}

/** A button that is only an icon; its label is read aloud and shown as tooltip. */
export function createIconButton(options: ButtonOptions): HTMLElement {
  const button = element('vscode-button', { appearance: 'icon', 'aria-label': options.label });
  button.title = options.label;
  button.append(createIcon(options.icon));
  return wire(button, options);
}

export interface Toggle {
  readonly element: HTMLElement;
  set(pressed: boolean): void;
}

/** An icon button that stays pressed. `onPress` decides what becomes of it and calls `set`. */
export function createToggle(options: ButtonOptions): Toggle {
  const button = createIconButton(options);
  button.classList.add('toggle');
  return { element: button, set: (pressed) => button.setAttribute('aria-pressed', String(pressed)) };
}

export interface TextField {
  readonly element: HTMLElement;
  value: string;
  focus(): void;
  select(): void;
}

/** A one-line field without visible label. `onInput` hears each change. */
export function createTextField(options: {
  readonly label: string;
  readonly testId: string;
  readonly onInput: (value: string) => void;
  readonly onEnter: (backwards: boolean) => void;
  readonly onEscape?: () => void;
}): TextField {
  const field = element('vscode-text-field', {
    placeholder: options.label,
    'aria-label': options.label,
    'data-testid': options.testId,
  }) as HTMLElement & { value: string; select(): void };
  keepName(field, options.label);
  field.addEventListener('input', () => options.onInput(field.value));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') options.onEnter(event.shiftKey);
    else if (event.key === 'Escape' && options.onEscape) options.onEscape();
    else return;
    event.preventDefault();
  });
  return {
    element: field,
    get value() {
      return field.value;
    },
    set value(text: string) {
      field.value = text;
    },
    focus: () => field.focus(),
    select: () => field.select(),
  };
}

export interface Dropdown {
  readonly element: HTMLElement;
  set(value: string): void;
}

export function createDropdown(options: {
  readonly label: string;
  readonly testId: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}): Dropdown {
  const dropdown = element('vscode-dropdown', {
    'aria-label': options.label,
    'data-testid': options.testId,
    position: 'below',
  }) as HTMLElement & { value: string };
  dropdown.title = options.label;
  for (const choice of options.choices) {
    const option = element('vscode-option', { value: choice.value });
    option.textContent = choice.label;
    dropdown.append(option);
  }
  dropdown.addEventListener('change', () => options.onChoose(dropdown.value));
  return { element: dropdown, set: (value) => (dropdown.value = value) };
}

/** The toolkit calls every field "Text field" as it comes into the page, whatever it was called before. */
function keepName(field: HTMLElement, name: string): void {
  new MutationObserver(() => {
    if (field.getAttribute('aria-label') !== name) field.setAttribute('aria-label', name);
  }).observe(field, { attributeFilter: ['aria-label'] });
}

const toolKeys: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * Makes one stop for Tab of the buttons in an element, as in VS Code's own toolbars: arrows go from one to the next,
 * and Tab comes back to the one that was left.
 */
export function asOneStop(bar: HTMLElement): HTMLElement {
  const tools = (): readonly HTMLElement[] =>
    [...bar.querySelectorAll<HTMLElement>('vscode-button')].filter((tool) => !tool.hidden);
  const stopAt = (stop: HTMLElement | undefined): void => {
    for (const tool of tools()) tool.tabIndex = tool === stop ? 0 : -1;
  };
  bar.addEventListener('focusin', (event) => {
    const tool = (event.target as HTMLElement).closest<HTMLElement>('vscode-button');
    if (tool !== null) stopAt(tool);
  });
  bar.addEventListener('keydown', (event) => {
    const all = tools();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : toolKeys[event.key];
    if (at === -1 || to === undefined) return;
    event.preventDefault();
    all[to(at, all.length - 1)]?.focus();
  });
  // What is hidden cannot be come back to.
  new MutationObserver(() => {
    const all = tools();
    if (!all.some((tool) => tool.tabIndex === 0)) stopAt(all[0]);
  }).observe(bar, { attributeFilter: ['hidden'], subtree: true });
  stopAt(tools()[0]);
  return bar;
}

/** A codicon, silent to screen readers: whoever shows it also says it. */
export function createIcon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

function wire(button: HTMLElement, options: ButtonOptions): HTMLElement {
  if (options.testId !== undefined) button.dataset['testid'] = options.testId;
  button.addEventListener('click', options.onPress);
  return button;
}
