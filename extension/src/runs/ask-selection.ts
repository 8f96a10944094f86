import * as vscode from 'vscode';
import {
  selectionChoicesRequest,
  selectionRequest,
  type SelectionAnswer,
  type SelectionChoiceAnswer,
  type SelectionParams,
} from '../../../server/src/protocol/selection-requests.ts';
import type { ExtensionHost } from '../host.ts';
import type { Questions } from '../questions.ts';
import { choicesFor, describeReading, withChoice } from './selection-text.ts';

export interface SelectionQuestion {
  readonly step: string;
  readonly folderUri: string;
  /** `select`, or `exclude`, whose other one stands among `parameters`. */
  readonly name: string;
  readonly prompt: string;
  readonly value: string;
  /** All that is set for the run. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface AnsweredSelection {
  readonly text: string;
  /** The step to run for the tool itself to tell what that selects, where somebody wants to know. */
  readonly toolStep?: string;
}

interface SelectionItem extends vscode.QuickPickItem {
  /** What it adds; absent for the one that takes the selection as it stands. */
  readonly choice?: string;
}

const askTool: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('question'),
  tooltip: 'Ask the Tool Itself',
};
const operators: readonly (readonly [tooltip: string, icon: string, write: (choice: string) => string])[] = [
  ['With all before it: +x', 'arrow-up', (choice) => `+${choice.replace(/^\+/u, '')}`],
  ['With all behind it: x+', 'arrow-down', (choice) => `${choice}+`],
];
const buttons = operators.map(([tooltip, icon]) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip }));

/** Limit: the list is for choosing; more are found by typing. */
const mostChoices = 200;

/**
 * Asks for a selection: typed, or put together of what there is, with what it would select beside it.
 * Undefined where it is left as it was.
 */
export async function askSelection(
  { questions, server }: ExtensionHost,
  question: SelectionQuestion,
): Promise<AnsweredSelection | undefined> {
  const { step, folderUri } = question;
  const choices =
    (await server.request<readonly SelectionChoiceAnswer[]>(selectionChoicesRequest, { step, folderUri })) ??
    [];
  const read = (text: string): Promise<SelectionAnswer | null | undefined> =>
    server.request<SelectionAnswer | null>(selectionRequest, paramsOf(question, text));
  return showPicker(questions, question, choices, read);
}

function paramsOf({ step, folderUri, name, parameters }: SelectionQuestion, text: string): SelectionParams {
  // What is left out is counted by itself, for that is what is being chosen.
  const select = name === 'exclude' || name === 'select' ? text : '';
  const exclude = name === 'select' ? (parameters['exclude'] ?? '') : '';
  return { step, folderUri, select, exclude, parameters };
}

function showPicker(
  questions: Questions,
  { step, name, prompt, value }: SelectionQuestion,
  choices: readonly SelectionChoiceAnswer[],
  read: (text: string) => Promise<SelectionAnswer | null | undefined>,
): Promise<AnsweredSelection | undefined> {
  return questions.list<SelectionItem, AnsweredSelection>((pick, answer) => {
    pick.title = `${step}: ${name}`;
    pick.placeholder = `Type a selection, or choose below: ${prompt} (empty: everything)`;
    pick.ignoreFocusOut = true;
    pick.buttons = [askTool];
    pick.value = value;
    let latest = 0;
    let toolStep: string | undefined;
    const fill = async (): Promise<void> => {
      const text = pick.value;
      const mine = ++latest;
      pick.items = itemsFor(text, choices, undefined);
      const reading = await read(text);
      toolStep ??= reading?.toolStep;
      if (mine === latest) pick.items = itemsFor(text, choices, reading ?? undefined);
    };
    const choose = (item: SelectionItem, write: (choice: string) => string = (choice) => choice): void => {
      if (item.choice === undefined) return;
      pick.value = withChoice(pick.value, write(item.choice));
      void fill();
    };
    void fill();
    pick.onDidChangeValue(() => void fill());
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.choice !== undefined) {
        choose(item);
        return;
      }
      answer({ text: pick.value.trim() });
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      choose(item, operators[buttons.findIndex(({ tooltip }) => tooltip === button.tooltip)]?.[2]);
    });
    pick.onDidTriggerButton(() => {
      answer({ text: pick.value.trim(), ...(toolStep === undefined ? {} : { toolStep }) });
    });
    pick.onDidHide(() => latest++);
  });
}

/** The selection as it stands, then what it can be completed with; the editor's own filter would compare with all of it. */
function itemsFor(
  text: string,
  choices: readonly SelectionChoiceAnswer[],
  reading: SelectionAnswer | undefined,
): readonly SelectionItem[] {
  const { count, names } = reading ? describeReading(reading) : { count: '…', names: '' };
  const whole: SelectionItem = {
    label: text.trim() === '' ? 'Everything' : text.trim(),
    description: count,
    detail: names,
    iconPath: new vscode.ThemeIcon(reading && reading.doubts.length > 0 ? 'question' : 'check'),
    alwaysShow: true,
  };
  const items: SelectionItem[] = [whole];
  let heading = '';
  for (const { text: choice, group, detail } of choicesFor(text, choices).slice(0, mostChoices)) {
    if (group !== heading) items.push({ label: group, kind: vscode.QuickPickItemKind.Separator });
    heading = group;
    items.push({ label: choice, description: detail, choice, buttons, alwaysShow: true });
  }
  return items;
}
