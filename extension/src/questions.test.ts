import { expect, test } from 'vitest';
import { Questions, type QuestionsOptions } from './questions.ts';

const orders = { label: 'orders' };

test.each<[string, (questions: Questions) => Promise<unknown>, unknown]>([
  ['showQuickPick', (questions) => questions.pick([orders], { title: 'Which?' }), orders],
  ['showQuickPick, many', (questions) => questions.pickMany([orders], { title: 'Which?' }), [orders]],
  ['showQuickPick', (questions) => questions.pickWord(['orders'], { title: 'Which?' }), 'orders'],
  ['showInputBox', (questions) => questions.text({ title: 'Why?' }), 'because'],
  ['showWorkspaceFolderPick', (questions) => questions.workspaceFolder(), 'shop'],
  ['showOpenDialog', (questions) => questions.fileToOpen({ title: 'Which?' }), 'PLAN.md'],
  ['showSaveDialog', (questions) => questions.fileToSave({ title: 'Where?' }), 'run.md'],
])('%s opens when the pages are at rest, and gives its answer', async (name, ask, answer) => {
  const { questions, opened, comeToRest } = setUp();
  const asked = ask(questions);
  await settled();
  expect(opened).toEqual([]);
  comeToRest();
  expect(await asked).toEqual(answer);
  expect(opened).toEqual([name]);
});

test('a list is set up at once, and shown when the pages are at rest', async () => {
  const { questions, opened, comeToRest, inputs } = setUp();
  const asked = questions.list<typeof orders, string>((list, answer) => {
    list.title = 'Which?';
    list.onDidAccept(() => answer('orders'));
  });
  await settled();
  expect([inputs.map(({ title }) => title), opened]).toEqual([['Which?'], []]);
  comeToRest();
  await settled();
  expect(opened).toEqual(['list']);
  inputs[0]!.accept();
  expect(await asked).toBe('orders');
  expect(inputs[0]!.did).toEqual(['show', 'hide', 'dispose']);
});

test('a box that closes without an answer gives none', async () => {
  const { questions, opened, comeToRest, inputs } = setUp();
  const asked = questions.box<string>((box, answer) => box.onDidAccept(() => answer(box.value)));
  comeToRest();
  await settled();
  expect(opened).toEqual(['box']);
  inputs[0]!.hide();
  expect(await asked).toBeUndefined();
  expect(inputs[0]!.did).toEqual(['show', 'hide', 'dispose']);
});

test('what cannot be set up is thrown away', async () => {
  const { questions, inputs } = setUp();
  const asked = questions.list(() => {
    throw new Error('no items');
  });
  await expect(asked).rejects.toThrow('no items');
  expect(inputs[0]!.did).toEqual(['dispose']);
});

function setUp() {
  const opened: string[] = [];
  const inputs: FakeInput[] = [];
  const rest = Promise.withResolvers<void>();
  const create = (what: string) => (): FakeInput => {
    const input = new FakeInput(() => opened.push(what));
    inputs.push(input);
    return input;
  };
  const show =
    (what: string, answer: unknown) =>
    async (...given: readonly unknown[]): Promise<unknown> => {
      const options = given.at(-1);
      const isMany = typeof options === 'object' && options !== null && 'canPickMany' in options;
      opened.push(isMany ? `${what}, many` : what);
      return answer;
    };
  const window = {
    createQuickPick: create('list'),
    createInputBox: create('box'),
    showQuickPick: async (items: readonly unknown[], options: object) =>
      show('showQuickPick', 'canPickMany' in options ? items : items[0])(options),
    showInputBox: show('showInputBox', 'because'),
    showWorkspaceFolderPick: show('showWorkspaceFolderPick', 'shop'),
    showOpenDialog: show('showOpenDialog', ['PLAN.md']),
    showSaveDialog: show('showSaveDialog', 'run.md'),
  } as unknown as QuestionsOptions['window'];
  const questions = new Questions({ window, pages: { atRest: () => rest.promise } });
  return { questions, opened, inputs, comeToRest: rest.resolve };
}

class FakeInput {
  title = '';
  value = '';
  readonly did: string[] = [];
  accept = (): void => undefined;
  readonly #onShow: () => void;
  readonly #hidden: (() => void)[] = [];

  constructor(onShow: () => void) {
    this.#onShow = onShow;
  }

  onDidAccept(listener: () => void): void {
    this.accept = listener;
  }

  onDidHide(listener: () => void): void {
    this.#hidden.push(listener);
  }

  show(): void {
    this.did.push('show');
    this.#onShow();
  }

  hide(): void {
    this.did.push('hide');
    for (const listener of this.#hidden) listener();
  }

  dispose(): void {
    this.did.push('dispose');
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
