import {
  DocumentHighlightKind,
  MarkupKind,
  SemanticTokensBuilder,
  type DocumentLink,
  type Range,
  type SemanticTokens,
  type SignatureHelp,
} from 'vscode-languageserver/node';
import type { SemanticToken, Signature } from '../core/system.ts';
import { containerLinks } from '../language/container-paths.ts';
import { folds } from '../language/fold.ts';
import { highlight } from '../language/highlight.ts';
import { toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { fileOf, placeOf, type FilePlace } from './place.ts';
import { runSafe } from './run-safe.ts';

/** What helps to read a file, and to write a call. */

export const registerSignatureHelp: Feature = ({ connection, session, log }) => {
  connection.onSignatureHelp((params, token) =>
    runSafe<SignatureHelp | null>(
      'signature help',
      async () => {
        const place = await placeOf(session, params, token);
        const file = place?.platform.parsed(place.path);
        if (!place || !file) return null;
        const { platform, path, offset } = place;
        const signature = platform.systemOf(path)?.signature?.(file, offset, platform.facts);
        return signature ? toSignatureHelp(signature) : null;
      },
      { fallback: null, log, token },
    ),
  );
  return { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: ['=', ')'] } };
};

export const registerLinks: Feature = ({ connection, session, log }) => {
  connection.onDocumentLinks((params, token) =>
    runSafe<DocumentLink[]>(
      'document links',
      async () => {
        const place = await fileOf(session, params, token);
        const file = place?.platform.parsed(place.path);
        if (!place || !file) return [];
        const links = [
          ...(place.platform.systemOf(place.path)?.links?.(file, place.platform.facts) ?? []),
          ...containerLinks(place.platform, place.path),
        ];
        return links.map(({ span, target, tooltip }) => ({
          range: place.source.rangeOf(span),
          target: target.startsWith('/') ? toUri(target) : target,
          ...(tooltip === undefined ? {} : { tooltip }),
        }));
      },
      { fallback: [], log, token },
    ),
  );
  return { documentLinkProvider: {} };
};

export const registerFolds: Feature = ({ connection, session, log }) => {
  connection.onFoldingRanges((params, token) =>
    runSafe(
      'folding ranges',
      async () => {
        const place = await fileOf(session, params, token);
        const found = place && folds(place.platform, place.path);
        return found?.map(({ start, end }) => ({ startLine: start, endLine: end })) ?? null;
      },
      { fallback: null, log, token },
    ),
  );
  return { foldingRangeProvider: true };
};

export const registerHighlights: Feature = ({ connection, session, log }) => {
  connection.onDocumentHighlight((params, token) =>
    runSafe(
      'document highlights',
      async () => {
        const place = await placeOf(session, params, token);
        const found = place ? highlight(place.platform, place.path, place.offset) : [];
        if (!place || found.length === 0) return null;
        return found.map(({ span, isDefinition }) => ({
          range: place.source.rangeOf(span),
          kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      },
      { fallback: null, log, token },
    ),
  );
  return { documentHighlightProvider: true };
};

const tokenTypes: readonly SemanticToken['type'][] = [
  'macro',
  'function',
  'variable',
  'parameter',
  'class',
  'property',
  'keyword',
  'string',
];

export const registerTokens: Feature = ({ connection, session, log }) => {
  const answer = (
    params: { readonly textDocument: { readonly uri: string }; readonly range?: Range },
    token: Parameters<typeof fileOf>[2] & Parameters<typeof runSafe>[2]['token'],
  ): Promise<SemanticTokens> =>
    runSafe<SemanticTokens>(
      'semantic tokens',
      async () => {
        const place = await fileOf(session, params, token);
        return place ? toTokens(place, params.range) : { data: [] };
      },
      { fallback: { data: [] }, log, token },
    );
  connection.languages.semanticTokens.on(answer);
  connection.languages.semanticTokens.onRange(answer);
  return {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: ['declaration'] },
      full: true,
      range: true,
    },
  };
};

function toTokens({ platform, path, source }: FilePlace, range: Range | undefined): SemanticTokens {
  const file = platform.parsed(path);
  const found = (file && platform.systemOf(path)?.tokens?.(file)) ?? [];
  const from = range ? source.offsetAt(range.start) : 0;
  const to = range ? source.offsetAt(range.end) : source.text.length;
  const builder = new SemanticTokensBuilder();
  for (const { span, type, isDeclaration } of found) {
    if (span.end < from || span.start > to) continue;
    const { start, end } = source.rangeOf(span);
    // The protocol's tokens stand in one line, unless a client says that it can do more.
    if (start.line !== end.line) continue;
    const length = end.character - start.character;
    builder.push(start.line, start.character, length, tokenTypes.indexOf(type), isDeclaration ? 1 : 0);
  }
  return builder.build();
}

function toSignatureHelp({ label, parameters, active, documentation }: Signature): SignatureHelp {
  const inMarkdown = (value: string) => ({ kind: MarkupKind.Markdown, value });
  return {
    signatures: [
      {
        label,
        ...(documentation === undefined ? {} : { documentation: inMarkdown(documentation) }),
        parameters: parameters.map((each) => ({
          label: each.label,
          ...(each.documentation === undefined ? {} : { documentation: inMarkdown(each.documentation) }),
        })),
      },
    ],
    activeSignature: 0,
    // A number past the last parameter marks none, which is what a client does that knows no null here.
    activeParameter: active ?? parameters.length,
  };
}
