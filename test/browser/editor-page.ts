import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errors, type Frame, type Locator, type Page } from 'playwright-core';
import { untilTrue } from '../tools/waiting.ts';

/** Where VS Code keeps the workspace's first look is slow on a small machine; nothing else waits this long. */
const slowMs = 120_000;

/** VS Code in a page, used as a person does: keys, the command palette, what can be seen. */
export class EditorPage {
  readonly page: Page;
  #folder = '';

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(slowMs);
  }

  async openFolder(url: string, folder: string): Promise<void> {
    this.#folder = folder;
    await this.page.goto(`${url}?folder=${encodeURIComponent(folder)}`);
    await this.#waitForPenstock();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#waitForPenstock();
  }

  /** Opens the sidebar and waits until it shows what was read. */
  async #waitForPenstock(): Promise<void> {
    await this.#icon.waitFor();
    await this.showPenstock();
    await this.rows('Systems', 'dbt').first().waitFor();
  }

  /**
   * Runs a command by its title in the palette. The palette lists what was known when it opened,
   * so it is opened again until the command is there.
   */
  async command(title: string): Promise<void> {
    await untilTrue(`the command ${title}`, async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      // What was open before may close this one again.
      return (
        (await inTime(this.#quickInput.fill(`>${title}`, { timeout: 2_000 }))) && this.#take(title, 2_000)
      );
    });
  }

  /** Runs a command until what it opens is there: a list may close again, see `choose`. */
  async commandThatOpens(title: string, opened: Locator): Promise<void> {
    await untilTrue(`what ${title} opens`, async () => {
      await this.command(title);
      return inTime(opened.waitFor({ timeout: 5_000 }));
    });
  }

  /** Runs a command that opens a list, and takes a row of it. */
  commandAndChoose(title: string, text: string, label: string): Promise<void> {
    return this.choose(() => this.command(title), text, label);
  }

  /** Runs a step from the palette, with what the form of its parameters shows where it has some; ends when the run has begun. */
  async runStep(step: string): Promise<void> {
    const before = this.runs;
    await this.commandAndChoose('Penstock: Run Step…', step, step);
    await this.acceptForm(step, before);
  }

  /** The runs that have begun in the folder. */
  get runs(): number {
    const runs = join(this.#folder, '.penstock', 'runs');
    return existsSync(runs)
      ? readdirSync(runs, { withFileTypes: true }).filter((each) => each.isDirectory()).length
      : 0;
  }

  /** Takes what the form of a step's parameters shows, if it is asked at all. */
  async acceptForm(step: string, before: number): Promise<void> {
    const form = this.question(`Run ${step}`);
    await untilTrue(`a run of ${step}`, async () => {
      if (await form.isVisible()) await this.page.keyboard.press('Enter');
      return this.runs > before;
    });
  }

  /** Types into the open quick input and takes the row that reads `label`. */
  async pick(text: string, label: string): Promise<void> {
    await this.#quickInput.fill(text);
    if (!(await this.#take(label, slowMs))) throw new Error(`no row reads ${label}`);
  }

  /**
   * Takes a row of the list that `ask` opens. What is pressed while VS Code opens a page may be lost, and VS Code gives a
   * view that had the focus the focus again when it has shown it anew, also where a list has opened meanwhile and the
   * view has not heard of it yet: the list closes, and whoever wanted it asks again.
   */
  async choose(ask: () => Promise<void>, text: string, label: string): Promise<void> {
    await untilTrue(`${label} to be chosen`, async () => {
      await ask();
      return (await inTime(this.#quickInput.fill(text, { timeout: 5_000 }))) && this.#take(label, 20_000);
    });
  }

  /** Types into the open quick input and leaves it open. */
  async typeIntoQuickInput(text: string): Promise<void> {
    await this.#quickInput.fill(text);
  }

  /** Waits until somebody is asked for a text under this title, and answers; what is proposed where nothing is said. */
  async answer(title: string, text?: string): Promise<void> {
    await this.asked(title);
    if (text !== undefined) await this.#quickInput.fill(text);
    await this.#quickInput.press('Enter');
  }

  /** Waits until a question with this title is open. */
  async asked(title: string): Promise<void> {
    await this.question(title).waitFor();
  }

  question(title: string): Locator {
    return this.page.locator('.quick-input-title', { hasText: title });
  }

  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget input').first();
  }

  /** Clicks the row of the quick input that reads `label`; false when none does in time. */
  async #take(label: string, timeout: number): Promise<boolean> {
    const row = this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: label }) })
      .first();
    return inTime(row.click({ timeout }));
  }

  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.choose(() => this.page.keyboard.press('Control+P'), path, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-instance .view-lines .view-line').first().waitFor();
  }

  /** Puts the cursor there, counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await untilTrue('the question for a line', async () => {
      await this.page.keyboard.press('Control+G');
      return inTime(this.#quickInput.fill(`:${line}:${column}`, { timeout: 5_000 }));
    });
    await this.#quickInput.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** The red underlines in the open editor. */
  get squiggles(): Locator {
    return this.page.locator('.editor-instance .squiggly-error');
  }

  /** The rows of a view of Penstock's that read `text`. */
  rows(view: 'Plan' | 'Systems' | 'Runs', text: string | RegExp): Locator {
    return this.page
      .locator('.pane', { has: this.page.locator('.pane-header', { hasText: view }) })
      .locator('.monaco-list-row', { hasText: text });
  }

  /** What the activity bar says of Penstock: its name, then what its views count. */
  async badge(): Promise<string> {
    return (await this.#icon.getAttribute('aria-label')) ?? '';
  }

  get #icon(): Locator {
    return this.page.locator('.activitybar [aria-label^="Penstock"]').first();
  }

  /** What can be read in the window, save for editors and panels. */
  async shown(): Promise<string> {
    const parts = ['.part.sidebar', '.notifications-toasts', '.quick-input-widget', '.part.statusbar'];
    const texts = await this.page.locator(parts.join(', ')).filter({ visible: true }).allInnerTexts();
    const tabs = await this.page.locator('.tab').allInnerTexts();
    return [await this.badge(), ...texts, tabs.join(' | ')].filter((text) => text.trim()).join('\n---\n');
  }

  /** Takes an entry of the context menu of a row. What is shown anew meanwhile closes the menu; a click that comes too soon leaves it open. */
  async menu(row: Locator, entry: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry });
    await untilTrue(`the entry ${entry}`, async () => {
      if (!(await item.isVisible())) await row.click({ button: 'right', position: beginning });
      if (!(await inTime(item.click({ timeout: 5000 })))) return false;
      return inTime(item.waitFor({ state: 'hidden', timeout: 1000 }));
    });
  }

  /** Selects rows of a view, one after the other. */
  async select(...rows: readonly Locator[]): Promise<void> {
    for (const [at, row] of rows.entries()) {
      await row.click({ position: beginning, ...(at === 0 ? {} : { modifiers: ['ControlOrMeta'] }) });
      await row.and(this.page.locator('[aria-selected="true"]')).waitFor();
    }
  }

  /** Drags a row onto another one, once both stand still. */
  async drag(row: Locator, onto: Locator): Promise<void> {
    await untilTrue('the rows to stand still', async () => {
      const places = async () => JSON.stringify([await row.boundingBox(), await onto.boundingBox()]);
      const before = await places();
      await this.page.waitForTimeout(500);
      return (await places()) === before;
    });
    await row.dragTo(onto, { sourcePosition: beginning, targetPosition: beginning });
  }

  async showPenstock(): Promise<void> {
    const systems = this.page.locator('.pane-header', { hasText: 'Systems' });
    // The icon with what is counted on it, which lies above it.
    const icon = this.page
      .locator('.activitybar .action-item', { has: this.page.locator('[aria-label^="Penstock"]') })
      .first();
    await untilTrue('the sidebar', async () => {
      if (await systems.isVisible()) return true;
      // A click on the icon of what is shown hides it, so after a click that came too early another one follows.
      await icon.click();
      return systems.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    });
  }

  runPanel(): Promise<Frame> {
    return this.#panelWith('run-status');
  }

  lineagePanel(): Promise<Frame> {
    return this.#panelWith('graph');
  }

  graphPanel(): Promise<Frame> {
    return this.#panelWith('table-toggle');
  }

  readinessPanel(): Promise<Frame> {
    return this.#panelWith('sentence');
  }

  /** The frame inside the webview's frame that shows this element. */
  async #panelWith(testId: string): Promise<Frame> {
    let found: Frame | undefined;
    await untilTrue(`the panel with ${testId}`, async () => {
      for (const frame of this.page.frames()) {
        if (await isShownPanel(frame, testId)) found = frame;
      }
      return found !== undefined;
    });
    if (!found) throw new Error(`no panel with ${testId}`);
    return found;
  }
}

/** Of a row: on its words, left of what appears at its end. */
const beginning = { x: 120, y: 8 } as const;

/** False where something was not done in the time that it had. */
async function inTime(doing: Promise<void>): Promise<boolean> {
  try {
    await doing;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

/** Panels behind others stay loaded, and frames of closed ones linger for a moment and cannot be asked. */
async function isShownPanel(frame: Frame, testId: string): Promise<boolean> {
  try {
    if (!(await frame.getByTestId(testId).isVisible())) return false;
    for (let inner: Frame | null = frame; inner?.parentFrame(); inner = inner.parentFrame()) {
      const holder = await inner.frameElement();
      if (!(await holder.isVisible())) return false;
    }
    return true;
  } catch {
    return false;
  }
}
