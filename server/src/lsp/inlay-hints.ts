import type { InlayHint } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import { hintsIn } from '../language/hints.ts';
import { askAgainAfterChanges } from './ask-again.ts';
import { toLocation } from './convert.ts';
import type { Feature } from './feature.ts';
import { fileOf } from './place.ts';
import { runSafe } from './run-safe.ts';

/** Notes in the text: a schedule in words, where a variable comes from. */
export const registerInlayHints: Feature = ({ connection, session, client, log }) => {
  connection.languages.inlayHint.on((params, token) =>
    runSafe<InlayHint[]>(
      'inlay hints',
      async () => {
        const file = await fileOf(session, params, token);
        if (!file) return [];
        const { platform, path, source } = file;
        const span = { start: source.offsetAt(params.range.start), end: source.offsetAt(params.range.end) };
        return hintsIn(platform, path, { span, nowMs: Date.now() }).map(
          ({ offset, label, tooltip, target }): InlayHint => ({
            position: source.positionAt(offset),
            label: target ? [{ value: label, location: toLocation(target, platform) }] : label,
            paddingLeft: true,
            ...(tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
          }),
        );
      },
      { fallback: [], log, token },
    ),
  );
  if (client.workspace?.inlayHint?.refreshSupport)
    askAgainAfterChanges({ connection, session }, 'workspace/inlayHint/refresh');
  return { inlayHintProvider: true };
};
