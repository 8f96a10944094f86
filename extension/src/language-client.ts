import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
  type ErrorHandler,
  type LanguageClientOptions,
  type ServerOptions,
} from 'vscode-languageclient/node';
import {
  changedNotification,
  showReferencesCommand,
  type ChangedParams,
  type InitializationOptions,
} from '../../server/src/protocol/requests.ts';
import {
  checkNowCommand,
  readinessChangedNotification,
  trustNotification,
  type TrustParams,
} from '../../server/src/protocol/readiness-requests.ts';
import { NeighbourFilter } from './neighbours/neighbour-filter.ts';
import { RestartPolicy } from './restart-policy.ts';
import { onSettingsChanged, readSettings } from './settings.ts';

export type ServerState = 'starting' | 'running' | 'failed';

/** Open documents that the server is told of: what a system may claim; which of them it does is its own decision. */
const documents = ['**/*.{yml,yaml,md,sql,py,csv,lock,json,env}', '**/.env*'];

/** The language server's process: starts, stops and restarts it, and carries requests to it. */
export class LanguageServer implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #options: ServerOptions;
  readonly #filter = new NeighbourFilter();
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #changed = new vscode.EventEmitter<ChangedParams>();
  readonly #readinessChanged = new vscode.EventEmitter<void>();
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  #client: LanguageClient | undefined;
  #state: ServerState = 'starting';

  /** Plan, systems or steps may differ now; also after each start. */
  readonly onChanged = this.#changed.event;
  /** What plans claim or checks show may differ now. */
  readonly onReadinessChanged = this.#readinessChanged.event;
  readonly onStateChanged = this.#stateChanged.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#options = serverOptions(context.asAbsolutePath('dist/language-server.cjs'));
    this.#subscriptions.push(
      this.#filter,
      this.#changed,
      this.#readinessChanged,
      this.#stateChanged,
      onSettingsChanged(() => void this.#sendSettings()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#sendTrust()),
    );
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server; a failure is shown and leaves the extension usable. */
  async start(): Promise<void> {
    this.#become('starting');
    const client = new LanguageClient('penstock', 'Penstock', this.#options, this.#clientOptions());
    this.#client = client;
    client.onNotification(changedNotification, (changed: ChangedParams) => this.#changed.fire(changed));
    client.onNotification(readinessChangedNotification, () => this.#readinessChanged.fire());
    client.onDidChangeState(({ newState }) => {
      if (this.#client !== client || newState !== State.Running) return;
      this.#become('running');
      this.#changed.fire({ plan: true, systems: true, steps: true });
    });
    try {
      await client.start();
    } catch (error) {
      if (this.#client === client) this.#fail(`The language server could not start: ${String(error)}`);
    }
  }

  async restart(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.#log.warn(`stopping the language server: ${String(error)}`);
    }
    await this.start();
  }

  /** The server's answer; undefined while it does not run or when it could not answer. */
  async request<Answer>(
    method: string,
    params?: unknown,
    token?: vscode.CancellationToken,
  ): Promise<Answer | undefined> {
    const client = this.#client;
    if (!client?.isRunning()) return undefined;
    try {
      // What is passed at all is sent, as null where it is undefined, and the server takes it for a parameter.
      if (params === undefined)
        return await (token ? client.sendRequest<Answer>(method, token) : client.sendRequest<Answer>(method));
      return await (token
        ? client.sendRequest<Answer>(method, params, token)
        : client.sendRequest<Answer>(method, params));
    } catch (error) {
      this.#log.warn(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    const client = this.#client;
    this.#client = undefined;
    // The server ends by itself when its parent is gone; a failure to say goodbye harms nobody.
    void client?.dispose().catch(() => undefined);
  }

  #clientOptions(): LanguageClientOptions {
    const initializationOptions = (): InitializationOptions => ({
      settings: readSettings().server,
      commands: [showReferencesCommand, checkNowCommand],
      trusted: vscode.workspace.isTrusted,
    });
    return {
      documentSelector: documents.map((pattern) => ({ scheme: 'file', pattern })),
      initializationOptions,
      outputChannel: this.#log,
      diagnosticPullOptions: { onChange: true, onSave: false, onFocus: true },
      middleware: {
        ...this.#filter.middleware,
        provideCodeLenses: (document, token, next) => (readSettings().codeLens ? next(document, token) : []),
      },
      errorHandler: this.#errorHandler(new RestartPolicy(Date.now)),
    };
  }

  #errorHandler(policy: RestartPolicy): ErrorHandler {
    return {
      error: (_error, _message, count) => ({
        action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
        handled: true,
      }),
      closed: () => {
        if (policy.mayRestart()) {
          this.#become('starting');
          return {
            action: CloseAction.Restart,
            handled: true,
            message: 'The language server ended; it is started again.',
          };
        }
        const message = 'The language server ended four times within three minutes and is not started again.';
        this.#fail(message);
        return { action: CloseAction.DoNotRestart, handled: true, message };
      },
    };
  }

  async #sendSettings(): Promise<void> {
    const client = this.#client;
    if (!client?.isRunning()) return;
    await client.sendNotification('workspace/didChangeConfiguration', {
      settings: { penstock: readSettings().server },
    });
  }

  async #sendTrust(): Promise<void> {
    if (!this.#client?.isRunning()) return;
    await this.#client.sendNotification(trustNotification, { isTrusted: true } satisfies TrustParams);
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #fail(message: string): void {
    this.#log.error(message);
    this.#become('failed');
    void this.#offerRestart(message);
  }

  async #offerRestart(message: string): Promise<void> {
    const restart = 'Restart Language Server';
    const show = 'Show Log';
    const chosen = await vscode.window.showErrorMessage(`Penstock: ${message}`, restart, show);
    if (chosen === restart) await this.restart();
    if (chosen === show) this.#log.show();
  }
}

/** In a long life beside the editor a large nursery for young objects is 100 MB that save nothing. */
const nursery = '--max-semi-space-size=16';

function serverOptions(module: string): ServerOptions {
  const run = { module, transport: TransportKind.ipc };
  return {
    run: { ...run, options: { execArgv: [nursery] } },
    debug: { ...run, options: { execArgv: [nursery, '--nolazy', '--inspect=6009'] } },
  };
}
