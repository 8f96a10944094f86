import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import type { TestContext } from 'vitest';
import { chromiumOptions, findChromium } from '../../scripts/host/chromium.mjs';
import {
  freePort,
  installExtension,
  plainSettings,
  startEditor,
  writeSettings,
} from '../../scripts/host/editor.mjs';
import { installHost } from '../../scripts/host/install.mjs';
import { copyPlatform } from '../../scripts/support/platform-copy.mjs';
import { root } from '../../scripts/support/project.mjs';
import { EditorPage } from './editor-page.ts';

/** The packaged extension installed in an editor of its own, on a copy of the example, in a browser. */
export interface Product {
  readonly editor: EditorPage;
  /** The copy's folder. */
  readonly platform: string;
  readonly url: string;
  /** After a test that failed, prints what VS Code showed, and keeps a picture of it among the reports. */
  tellFailure(test: Pick<TestContext, 'task'>): Promise<void>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: { readonly width: number; readonly height: number };
  /** Packaged extensions to install besides. */
  readonly extensions?: readonly string[];
  /** Variables of the editor's server. */
  readonly env?: Readonly<Record<string, string>>;
  /** What can be dragged is there to be dragged. */
  readonly showsScrollBars?: boolean;
  /** Changes the copy before it is opened. */
  readonly prepare?: (platform: string) => void;
}

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const { settings = {}, size = { width: 1400, height: 900 }, extensions = [], env = {} } = options;
  const host = await installHost();
  const home = mkdtempSync(join(tmpdir(), 'penstock-home-'));
  const platform = copyPlatform('shop');
  const undo: (() => void | Promise<void>)[] = [
    () => platform.remove(),
    () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  ];
  try {
    writeSettings(home, { ...plainSettings, ...settings });
    options.prepare?.(platform.path);
    for (const extension of [join(root, 'out', 'penstock.vsix'), ...extensions])
      await installExtension(host, home, extension);
    const server = await startEditor(host, { home, port: await freePort(), env });
    undo.push(() => server.stop());
    const browser: Browser = await chromium.launch({
      executablePath: String(findChromium()),
      args: chromiumOptions,
      ...(options.showsScrollBars ? { ignoreDefaultArgs: ['--hide-scrollbars'] } : {}),
    });
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport: size });
    const editor = new EditorPage(page);
    await editor.openFolder(server.url, platform.path);
    return {
      editor,
      platform: platform.path,
      url: server.url,
      tellFailure: ({ task }) => tellFailure(editor, task),
      stop: () => undoAll(undo),
    };
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

async function tellFailure(editor: EditorPage, { name, result }: TestContext['task']): Promise<void> {
  if (result?.state !== 'fail') return;
  console.error(`When "${name}" failed, VS Code showed:\n${await editor.shown()}`);
  const folder = join(root, 'out', 'tests');
  mkdirSync(folder, { recursive: true });
  await editor.page.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}.png`) });
}

/** In the opposite order, as far as it goes. */
async function undoAll(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const step of steps.toReversed()) await step();
}
