import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { buildPanel, launchBrowser, PanelPage } from './panel-page.ts';
import { themes, type Theme } from './themes.ts';

interface OpenOptions<State> {
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  readonly saved?: State;
  readonly onPosted?: (message: unknown) => void;
}

/** Builds a panel and starts a browser for the tests of a file; gives what opens a page of it. */
export function panelSuite<To, From, State>(
  name: string,
): (options?: OpenOptions<State>) => Promise<PanelPage<To, From, State>> {
  let browser: Browser;
  let files: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    [browser, files] = await Promise.all([launchBrowser(), buildPanel(name)]);
  });
  afterAll(async () => browser.close());
  return (options = {}) => PanelPage.open({ browser, name, files, theme: themes[0]!, ...options });
}

/** The same for a panel that shows a graph: what opens it with one, and what its tests ask of the page. */
export function graphSuite<Graph, To, From, State>(name: string, demo: () => Graph) {
  type Panel = PanelPage<To | { readonly kind: 'graph'; readonly graph: Graph }, From, State>;
  const open = panelSuite<To | { readonly kind: 'graph'; readonly graph: Graph }, From, State>(name);
  return {
    openPanel: async ({
      graph = demo(),
      ...options
    }: OpenOptions<State> & { readonly graph?: Graph } = {}): Promise<Panel> => {
      const panel = await open(options);
      await panel.deliver({ kind: 'graph', graph });
      return panel;
    },
    nodeOf: (panel: Panel, node: string) => panel.page.locator(`[data-node="${node}"]`),
    last: async (panel: Panel): Promise<From | undefined> => (await panel.posted()).at(-1),
    /** The node that has the focus. */
    current: (panel: Panel): Promise<string | null> =>
      panel.page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? null),
  };
}
