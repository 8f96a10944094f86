/** Says that nobody waits for the answer any more. An LSP token fits as it is. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
}

/** The one sentinel that cancelled work throws; only the outermost boundary may catch it. */
export class OperationCancelled extends Error {
  constructor() {
    super('the operation was cancelled');
    this.name = 'OperationCancelled';
  }
}

export const neverCancelled: CancellationToken = { isCancellationRequested: false };

/** Gives other work a turn and throws `OperationCancelled` when nobody waits any more. */
export type Pause = (token: CancellationToken) => Promise<void>;

/**
 * A `Pause` that really yields only when the last turn began more than `sliceMs` ago.
 * The clock and the turn come from outside, because core knows no Node.
 */
export function createPause(clock: () => number, turn: () => Promise<void>, sliceMs = 8): Pause {
  let began = clock();
  return async (token) => {
    if (token.isCancellationRequested) throw new OperationCancelled();
    if (clock() - began < sliceMs) return;
    await turn();
    began = clock();
    if (token.isCancellationRequested) throw new OperationCancelled();
  };
}
