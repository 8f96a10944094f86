import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumOptions, findChromium } from '../../scripts/host/chromium.mjs';
import { panelHtml } from '../../extension/src/panels/panel-html.ts';
import type { Theme } from './themes.ts';

const origin = 'http://panel.test';
const root = join(import.meta.dirname, '../..');

/** What the page's script finds in place of the editor. */
interface FakeEditor {
  readonly posted: unknown[];
  state: unknown;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: String(findChromium()), args: chromiumOptions });
}

/** Bundles a panel as the build does and gives its files by name. */
export async function buildPanel(name: string): Promise<ReadonlyMap<string, Buffer>> {
  const built = await build({
    entryPoints: [
      { in: join(root, `webviews/${name}/main.ts`), out: name },
      { in: join(root, `webviews/${name}/style.css`), out: name },
    ],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    outdir: '/',
    loader: { '.svg': 'text' },
  });
  const codicons = dirname(createRequire(import.meta.url).resolve('@vscode/codicons/dist/codicon.css'));
  return new Map([
    ...built.outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)] as const),
    ['codicon.css', await readFile(join(codicons, 'codicon.css'))],
    ['codicon.ttf', await readFile(join(codicons, 'codicon.ttf'))],
  ]);
}

/** A panel in a browser, with the extension's own page and policy around it, and a fake editor. */
export class PanelPage<ToWebview, FromWebview, PanelState> {
  readonly page: Page;
  /** What the browser complained of: refused by the policy, exceptions. */
  readonly problems: readonly string[];

  private constructor(page: Page, problems: readonly string[]) {
    this.page = page;
    this.problems = problems;
  }

  static async open<To, From, State>(options: {
    readonly browser: Browser;
    /** The panel's folder, and what was built of it. */
    readonly name: string;
    readonly files: ReadonlyMap<string, Buffer>;
    readonly theme: Theme;
    readonly size?: { readonly width: number; readonly height: number };
    readonly saved?: State;
    /** Hears what the page says to the editor, as it says it. */
    readonly onPosted?: (message: unknown) => void;
  }): Promise<PanelPage<To, From, State>> {
    const { browser, name: panel, files, theme, size = { width: 1200, height: 720 } } = options;
    const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.route(`${origin}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const body = name === '' ? Buffer.from(shell(panel, theme)) : files.get(name);
      if (body === undefined) await route.fulfill({ status: 404 });
      else await route.fulfill({ body, contentType: typeOf(name) });
    });
    await page.exposeFunction('tellTest', options.onPosted ?? (() => {}));
    await page.addInitScript(installFakeEditor, { saved: options.saved, theme: { ...theme } });
    await page.goto(`${origin}/`);
    return new PanelPage(page, problems);
  }

  async deliver(...messages: readonly ToWebview[]): Promise<void> {
    await this.send(...messages);
    await this.frames();
  }

  /** Delivers, and waits for nothing. */
  async send(...messages: readonly ToWebview[]): Promise<void> {
    await this.page.evaluate((all) => {
      for (const data of all) window.dispatchEvent(new MessageEvent('message', { data }));
    }, messages);
  }

  /** Lets the page draw. */
  async frames(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((done) => requestAnimationFrame(done));
    });
  }

  async posted(): Promise<readonly FromWebview[]> {
    return this.page.evaluate(() => (window as unknown as { fake: FakeEditor }).fake.posted as FromWebview[]);
  }

  async state(): Promise<PanelState> {
    return this.page.evaluate(() => (window as unknown as { fake: FakeEditor }).fake.state as PanelState);
  }

  byId(testId: string) {
    return this.page.getByTestId(testId);
  }
}

function shell(panel: string, theme: Theme): string {
  const html = panelHtml({
    title: panel,
    cspSource: origin,
    nonce: 'n0nce',
    script: `${origin}/${panel}.js`,
    styles: [`${origin}/codicon.css`, `${origin}/${panel}.css`],
  });
  return html.replace('<body>', `<body class="${theme.kind}" data-vscode-theme-kind="${theme.kind}">`);
}

function typeOf(name: string): string {
  const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };
  return types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/html';
}

/** Runs in the page, before its script: does what the editor does there. */
function installFakeEditor(options: { readonly saved: unknown; readonly theme: Theme }): void {
  const fake: FakeEditor = { posted: [], state: options.saved };
  Object.assign(window, {
    fake,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => {
        fake.posted.push(message);
        void (window as unknown as { tellTest(message: unknown): Promise<void> }).tellTest(message);
      },
      getState: () => fake.state,
      setState: (state: unknown) => (fake.state = state),
    }),
  });
  const apply = (): void => {
    for (const [name, value] of Object.entries(options.theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  };
  if (document.documentElement === null) document.addEventListener('readystatechange', apply, { once: true });
  else apply();
}
