import { CodeActionKind, type CodeAction } from 'vscode-languageserver/node';
import { diagnose } from '../language/diagnose.ts';
import { toDiagnostic, toPath, toWorkspaceEdit } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

/** Quick fixes of the findings that touch the selection. */
export const registerCodeActions: Feature = ({ connection, session, log }) => {
  connection.onCodeAction(({ textDocument, range }, token) =>
    runSafe<CodeAction[]>(
      'code actions',
      async () => {
        const platform = await session.settled(token);
        const path = toPath(textDocument.uri);
        const source = platform.source(path);
        if (!source) return [];
        const [from, to] = [source.offsetAt(range.start), source.offsetAt(range.end)];
        const touched = diagnose(platform, path, session.settings).filter(
          ({ span }) => span.start <= to && from <= span.end,
        );
        return touched.flatMap((finding) =>
          (finding.fixes ?? []).map((fix, at) => ({
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            isPreferred: at === 0,
            diagnostics: [toDiagnostic(finding, source, platform)],
            edit: toWorkspaceEdit(fix, platform),
          })),
        );
      },
      { fallback: [], log, token },
    ),
  );
  return { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } };
};
