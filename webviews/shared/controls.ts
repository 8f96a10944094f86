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
}): TextField {
  const field = element('vscode-text-field', {
    placeholder: options.label,
    'aria-label': options.label,
    'data-testid': options.testId,
  }) as HTMLElement & { value: string; select(): void };
  field.addEventListener('input', () => options.onInput(field.value));
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    options.onEnter(event.shiftKey);
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

/** A codicon, silent to screen readers: whoever shows it also says it. */
export function createIcon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

function wire(button: HTMLElement, options: ButtonOptions): HTMLElement {
  if (options.testId !== undefined) button.dataset['testid'] = options.testId;
  button.addEventListener('click', options.onPress);
  return button;
}
