import type * as vscode from 'vscode';
import type { OpenPages } from './panels/open-pages.ts';

export interface QuestionsOptions {
  readonly pages: Pick<OpenPages, 'atRest'>;
  readonly window: Pick<
    typeof vscode.window,
    | 'createInputBox'
    | 'createQuickPick'
    | 'showInputBox'
    | 'showOpenDialog'
    | 'showQuickPick'
    | 'showSaveDialog'
    | 'showWorkspaceFolderPick'
  >;
}

/** Sets up what is asked; `answer` closes it. */
type SetUp<Input, Answer> = (input: Input, answer: (value: Answer) => void) => void;

/**
 * Lists, questions and dialogs. Each opens when the pages are at rest, so that it keeps the focus; so nothing else opens
 * one, which the linter sees to. All answer undefined where somebody thought better of it.
 */
export class Questions {
  readonly #pages: QuestionsOptions['pages'];
  readonly #window: QuestionsOptions['window'];

  constructor({ pages, window }: QuestionsOptions) {
    this.#pages = pages;
    this.#window = window;
  }

  pick<Item extends vscode.QuickPickItem>(
    items: readonly Item[],
    options: vscode.QuickPickOptions & { canPickMany?: false },
  ): Promise<Item | undefined> {
    return this.#whenAtRest(() => this.#window.showQuickPick(items, options));
  }

  pickMany<Item extends vscode.QuickPickItem>(
    items: readonly Item[],
    options: vscode.QuickPickOptions,
  ): Promise<readonly Item[] | undefined> {
    return this.#whenAtRest(() => this.#window.showQuickPick(items, { ...options, canPickMany: true }));
  }

  pickWord(
    words: readonly string[],
    options: vscode.QuickPickOptions & { canPickMany?: false },
  ): Promise<string | undefined> {
    return this.#whenAtRest(() => this.#window.showQuickPick(words, options));
  }

  text(options: vscode.InputBoxOptions): Promise<string | undefined> {
    return this.#whenAtRest(() => this.#window.showInputBox(options));
  }

  workspaceFolder(): Promise<vscode.WorkspaceFolder | undefined> {
    return this.#whenAtRest(() => this.#window.showWorkspaceFolderPick());
  }

  async fileToOpen(options: vscode.OpenDialogOptions): Promise<vscode.Uri | undefined> {
    const chosen = await this.#whenAtRest(() => this.#window.showOpenDialog(options));
    return chosen?.[0];
  }

  fileToSave(options: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined> {
    return this.#whenAtRest(() => this.#window.showSaveDialog(options));
  }

  /** A list with buttons, or one that changes while it is open. */
  list<Item extends vscode.QuickPickItem, Answer>(
    setUp: SetUp<vscode.QuickPick<Item>, Answer>,
  ): Promise<Answer | undefined> {
    return this.#answerOf(this.#window.createQuickPick<Item>(), setUp);
  }

  /** A box for text that is listened to while it is typed. */
  box<Answer>(setUp: SetUp<vscode.InputBox, Answer>): Promise<Answer | undefined> {
    return this.#answerOf(this.#window.createInputBox(), setUp);
  }

  async #answerOf<Input extends vscode.QuickInput, Answer>(
    input: Input,
    setUp: SetUp<Input, Answer>,
  ): Promise<Answer | undefined> {
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    try {
      input.onDidHide(() => resolve(undefined));
      setUp(input, (value) => {
        resolve(value);
        input.hide();
      });
      await this.#whenAtRest(() => input.show());
      return await promise;
    } finally {
      input.dispose();
    }
  }

  async #whenAtRest<Answer>(open: () => Answer): Promise<Awaited<Answer>> {
    await this.#pages.atRest();
    return await open();
  }
}
