import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../server/src/runs/clock.ts';
import type { Echo } from '../../../webviews/shared/protocol.ts';
import { OpenPages, type PagePanel } from './open-pages.ts';

describe('when a list may open', () => {
  test('at once, where no page is active', async () => {
    const { pages, time } = setUp({ isPageActive: false });
    await pages.atRest();
    expect(time.asked).toEqual([]);
  });

  test('after the editor has given the focus back, and the page has taken all that was sent to it', async () => {
    const { pages, time, open } = setUp();
    const page = open();
    const rest = watched(pages.atRest());
    expect(page.said).toEqual([]);
    await time.pass(60);
    expect(page.said).toHaveLength(1);
    expect(rest.isDone).toBe(false);
    page.answer();
    await settled();
    expect(rest.isDone).toBe(true);
  });

  test('asks the page that is active, and takes no answer but its own', async () => {
    const { pages, time, open } = setUp();
    const other = open({ active: false });
    const page = open();
    const first = watched(pages.atRest());
    const second = watched(pages.atRest());
    await time.pass(60);
    expect(other.said).toEqual([]);
    page.answer(1);
    await settled();
    expect([first.isDone, second.isDone]).toEqual([false, true]);
  });

  test('without an answer of a page that is still loading', async () => {
    const { pages, time, open } = setUp();
    open();
    const rest = watched(pages.atRest());
    await time.pass(60);
    await time.pass(1000);
    expect(rest.isDone).toBe(true);
  });

  test('after the pause alone where the page is another extension’s, or closed', async () => {
    const { pages, time, open } = setUp();
    const page = open();
    page.close();
    const rest = watched(pages.atRest());
    await time.pass(60);
    expect([rest.isDone, page.said]).toEqual([true, []]);
  });
});

test('what else a page says is its panel’s', () => {
  const { open } = setUp();
  const page = open();
  page.say({ kind: 'ready' });
  page.say({ kind: 'echo', count: 7 });
  expect(page.received).toEqual([{ kind: 'ready' }]);
});

function setUp({ isPageActive = true } = {}) {
  const time = heldTime();
  const pages = new OpenPages({ clock: time.clock, isPageActive: () => isPageActive });
  return { pages, time, open: (more: { active?: boolean } = {}) => openPage(pages, more) };
}

function openPage(pages: OpenPages, { active = true }: { active?: boolean }) {
  const said: Echo[] = [];
  const received: unknown[] = [];
  let say = (_message: unknown): void => undefined;
  let close = (): void => undefined;
  const panel: PagePanel = {
    active,
    webview: {
      onDidReceiveMessage: (listener) => (say = listener),
      postMessage: (message) => said.push(message as Echo),
    },
    onDidDispose: (listener) => (close = listener),
  };
  pages.add(panel, (message) => received.push(message));
  return {
    said,
    received,
    say: (message: unknown) => say(message),
    close: () => close(),
    answer: (at = 0) => say(said[at]),
  };
}

/** Time that passes when it is told to. */
function heldTime() {
  const asked: { delayMs: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    after: (delayMs, callback) => {
      asked.push({ delayMs, callback });
      return () => undefined;
    },
  };
  const pass = async (delayMs: number): Promise<void> => {
    for (const each of asked.filter((timer) => timer.delayMs === delayMs)) each.callback();
    await settled();
  };
  return { clock, asked, pass };
}

function watched(promise: Promise<void>): { readonly isDone: boolean } {
  const watch = { isDone: false };
  void promise.then(() => (watch.isDone = true));
  return watch;
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
