import * as vscode from 'vscode';

/** Lets something be done that a panel was asked for; `what` begins the sentence that says why it failed. */
export type OrSay = (what: string, doing: PromiseLike<unknown>) => void;

/** Says what failed to the person, and to the log. */
export function orSayWith(log: vscode.LogOutputChannel): OrSay {
  return (what, doing) => {
    doing.then(undefined, (error: unknown) => {
      log.error(`${what}: ${String(error)}`);
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`Penstock: ${what}: ${why}`);
    });
  };
}
