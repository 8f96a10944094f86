import * as vscode from 'vscode';
import {
  maskRequest,
  previewRequest,
  type MaskParams,
  type PreviewAnswer,
} from '../../../server/src/protocol/requests.ts';
import type { LanguageServer } from '../language-client.ts';
import { startAttachedRun, type AttachedRun } from '../runs/attached-run.ts';
import { attachedArguments } from '../runs/driver-arguments.ts';
import { saveBeforeRun } from '../runs/save-before-run.ts';
import { readSettings } from '../settings.ts';
import { CompiledText } from './compiled-text.ts';

const scheme = 'penstock-compiled';

export interface CompiledDocumentsDeps {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
}

interface Entry {
  readonly text: CompiledText;
  /** Saved since it was compiled, while nobody looked. */
  isStale: boolean;
}

/** What tools make of files, as read-only documents beside them; made anew when the file is saved while they are seen. */
export class CompiledDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #deps: CompiledDocumentsDeps;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #entries = new Map<string, Entry>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(deps: CompiledDocumentsDeps) {
    this.#deps = deps;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidSaveTextDocument((document) => this.#saved(document.uri)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      // A document that gets another language is closed and opened in one breath.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => setTimeout(() => this.#closed(uri))),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#compileStale()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refreshAll()),
      deps.server.onStateChanged((state) => {
        if (state === 'running') this.#refreshAll();
      }),
    ];
  }

  /** Shows what is made of a file beside it, made anew. */
  async show(source: vscode.Uri): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(source);
    if (folder && vscode.workspace.isTrusted && !(await saveBeforeRun(folder))) return;
    const uri = compiledUri(source, await this.#name(source));
    const isOpen = this.#entries.has(uri.toString());
    const document = await vscode.workspace.openTextDocument(uri);
    await this.#setLanguage(document);
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    // A document that was not there is compiled as it is opened.
    if (isOpen) this.refresh(uri);
  }

  /** Makes a document of ours anew. */
  refresh(uri: vscode.Uri): void {
    const entry = this.#entries.get(uri.toString());
    if (!entry) return;
    entry.isStale = false;
    const title = `Compiling ${nameOf(uri)}`;
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      entry.text.refresh().catch((error: unknown) => this.#deps.log.error(`${title}: ${String(error)}`)),
    );
  }

  isCompiled(uri: vscode.Uri): boolean {
    return uri.scheme === scheme;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const known = this.#entries.get(uri.toString());
    if (known) return known.text.text;
    const entry: Entry = { text: this.#createText(uri), isStale: false };
    this.#entries.set(uri.toString(), entry);
    this.refresh(uri);
    return entry.text.text;
  }

  dispose(): void {
    for (const { text } of this.#entries.values()) text.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #createText(uri: vscode.Uri): CompiledText {
    const params = { uri: sourceOf(uri).toString() };
    return new CompiledText({
      name: nameOf(uri),
      find: () => this.#deps.server.request<PreviewAnswer>(previewRequest, params),
      start: (made, onEvent) => this.#start(made, onEvent),
      read: (result) => this.#read(params.uri, result),
      mayRun: () => vscode.workspace.isTrusted,
      now: Date.now,
      clock: (at) => new Date(at).toTimeString().slice(0, 8),
      changed: () => this.#changed.fire(uri),
    });
  }

  #start(
    { step, folderUri }: Extract<PreviewAnswer, { kind: 'made' }>,
    onEvent: Parameters<typeof startAttachedRun>[2],
  ): AttachedRun {
    const folder = vscode.Uri.parse(folderUri).fsPath;
    const args = attachedArguments({
      program: this.#deps.context.asAbsolutePath('dist/penstock.cjs'),
      folder,
      environments: readSettings().server.python.environments,
      where: readSettings().run.where,
      steps: [step],
    });
    this.#deps.log.debug(`compiles: ${step}`);
    return startAttachedRun(args, folder, onEvent);
  }

  /** What a tool made may hold what a variable told it; a text whose secrets nobody masks is not shown. */
  async #read(uri: string, result: string): ReturnType<typeof readResult> {
    const found = await readResult(result);
    if (!found) return undefined;
    const params: MaskParams = { uri, text: found.text };
    const text = await this.#deps.server.request<string | null>(maskRequest, params);
    return typeof text === 'string' ? { ...found, text } : undefined;
  }

  async #name(source: vscode.Uri): Promise<string> {
    const answer = await this.#deps.server.request<PreviewAnswer>(previewRequest, { uri: source.toString() });
    const file = source.path.slice(source.path.lastIndexOf('/') + 1);
    return answer?.kind === 'made' ? answer.name : file;
  }

  #opened(document: vscode.TextDocument): void {
    if (!this.isCompiled(document.uri)) return;
    void this.#setLanguage(document);
    // What was said of a document that the editor did not know yet was heard by nobody.
    this.#changed.fire(document.uri);
  }

  async #setLanguage(document: vscode.TextDocument): Promise<void> {
    if (document.uri.scheme === scheme && document.languageId !== 'sql')
      await vscode.languages.setTextDocumentLanguage(document, 'sql');
  }

  #saved(source: vscode.Uri): void {
    for (const [key, entry] of this.#entries) {
      const uri = vscode.Uri.parse(key);
      if (sourceOf(uri).toString() === source.toString()) entry.isStale = true;
    }
    this.#compileStale();
  }

  #compileStale(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (this.#entries.get(document.uri.toString())?.isStale) this.refresh(document.uri);
    }
  }

  #refreshAll(): void {
    for (const entry of this.#entries.values()) entry.isStale = true;
    this.#compileStale();
  }

  #closed(uri: vscode.Uri): void {
    if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return;
    this.#entries.get(uri.toString())?.text.dispose();
    this.#entries.delete(uri.toString());
  }
}

/** The path is what the tab reads; the file it is made of stands behind. */
function compiledUri(source: vscode.Uri, name: string): vscode.Uri {
  const folder = source.path.slice(0, source.path.lastIndexOf('/'));
  return vscode.Uri.from({ scheme, path: `${folder}/${name} (compiled)`, query: source.toString() });
}

function sourceOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.parse(uri.query);
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/ \(compiled\)$/, '');
}

async function readResult(
  address: string,
): Promise<{ readonly text: string; readonly writtenAt: number } | undefined> {
  const uri = vscode.Uri.parse(address);
  try {
    const { mtime } = await vscode.workspace.fs.stat(uri);
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), writtenAt: mtime };
  } catch {
    return undefined;
  }
}
