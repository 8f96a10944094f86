import { CodeActionKind, type CodeAction } from 'vscode-languageserver/node';
import { actionsAt, fixFile, type OfferedAction } from '../language/act.ts';
import { toDiagnostic } from './convert.ts';
import { canDo, toWorkspaceEdit } from './edits.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { fileOf, type FilePlace } from './place.ts';
import { runSafe } from './run-safe.ts';

const kinds: Readonly<Record<OfferedAction['kind'], CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  refactor: CodeActionKind.Refactor,
  'fix-all': `${CodeActionKind.SourceFixAll}.penstock`,
};

/** Quick fixes of the findings that touch the selection, refactorings, and all certain fixes of a file when asked for. */
export const registerCodeActions: Feature = (host) => {
  const { connection, session, readiness, log } = host;
  connection.onCodeAction((params, token) =>
    runSafe<CodeAction[]>(
      'code actions',
      async () => {
        await session.settled(token);
        const place = await fileOf(session, params, token);
        if (!place) return [];
        const { only } = params.context;
        const { start, end } = params.range;
        const span = { start: place.source.offsetAt(start), end: place.source.offsetAt(end) };
        // What mends a whole file is wanted on saving, not in the list of what can be done here.
        const whole = only ? fixFile(place.platform, place.path, session.settings) : undefined;
        const evidence = readiness.findings(place.path);
        const offered = actionsAt(place.platform, place.path, span, session.settings, evidence);
        return [...offered, ...(whole ? [whole] : [])]
          .filter((action) => isWanted(kinds[action.kind], only) && canApply(action, host))
          .map((action) => toCodeAction(action, place, host));
      },
      { fallback: [], log, token },
    ),
  );
  return { codeActionProvider: { codeActionKinds: Object.values(kinds) } };
};

/** A kind that is asked for covers those below it: `source` means `source.fixAll`, too. */
function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return (
    only === undefined || only.some((each) => kind === each || each === '' || kind.startsWith(`${each}.`))
  );
}

function canApply({ creates = [] }: OfferedAction, { client }: FeatureHost): boolean {
  return creates.length === 0 || canDo(client, 'create');
}

function toCodeAction(
  action: OfferedAction,
  place: FilePlace,
  { open, client, pageOf }: FeatureHost,
): CodeAction {
  const host = { platform: place.platform, pageOf };
  const { title, kind, findings, isPreferred } = action;
  return {
    title,
    kind: kinds[kind],
    ...(isPreferred ? { isPreferred } : {}),
    ...(findings.length > 0
      ? { diagnostics: findings.map((finding) => toDiagnostic(finding, place.source, host)) }
      : {}),
    edit: toWorkspaceEdit(action, { platform: place.platform, open, client }),
  };
}
