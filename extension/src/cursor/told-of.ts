import type * as vscode from 'vscode';

/** How often somebody asks anew of a document that changes while he is answered. */
const mostQuestions = 5;

/** What is told of a document as it reads now: asked for anew where it changed while the answer was on its way. */
export async function toldOf<Answer>(
  document: Pick<vscode.TextDocument, 'version'>,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let question = 1; ; question++) {
    const { version } = document;
    const answer = await ask();
    // A caller goes on in the same breath: nothing can change in between.
    if (version === document.version || question === mostQuestions) return answer;
  }
}
