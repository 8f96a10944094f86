import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import { OperationCancelled } from '../core/cancellation.ts';
import type { Log } from '../core/log.ts';

/**
 * The one boundary for errors and cancellation: a failed request is logged and answered with `fallback`,
 * a cancelled one ends with LSP's own error.
 */
export async function runSafe<T>(
  what: string,
  work: () => Promise<T> | T,
  { fallback, log, token }: { readonly fallback: T; readonly log: Log; readonly token: CancellationToken },
): Promise<T> {
  if (token.isCancellationRequested) throw cancelled();
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperationCancelled) throw cancelled();
    log.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return fallback;
  }
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}
