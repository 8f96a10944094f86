import {
  CompletionItemKind,
  InsertTextFormat,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
} from 'vscode-languageserver/node';
import type { NameKey } from '../core/facts.ts';
import type { SourceFile } from '../core/source-file.ts';
import { complete, documentCompletion, type Completion } from '../language/complete.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { artifactsOf, placeOf } from './place.ts';
import { runSafe } from './run-safe.ts';

export const registerCompletion: Feature = ({ connection, session, client, artifacts, log }) => {
  connection.onCompletion((params, token) =>
    runSafe<CompletionList>(
      'completion',
      async () => {
        const place = await placeOf(session, params, token);
        if (!place) return { items: [], isIncomplete: false };
        const known = await artifacts.of(artifactsOf(place.platform, place.path, 'completion'));
        const { items, isIncomplete } = complete(place.platform, place.path, place.offset, known);
        return {
          items: items.map((item, at) => toCompletionItem(item, { at, source: place.source, client })),
          isIncomplete,
        };
      },
      { fallback: { items: [], isIncomplete: false }, log, token },
    ),
  );
  connection.onCompletionResolve((item, token) =>
    runSafe<CompletionItem>(
      'completion documentation',
      async () => {
        const of = nameOf(item.data);
        const value = of && documentCompletion(await session.now(token), of);
        return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
      },
      { fallback: item, log, token },
    ),
  );
  return {
    completionProvider: {
      triggerCharacters: ["'", '"', ':', ' ', '-', '.', '/', '+', '$', '@'],
      resolveProvider: true,
    },
  };
};

const kinds = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
} as const;

interface ItemPlace extends Pick<FeatureHost, 'client'> {
  /** Its place in the list, which is best first. */
  readonly at: number;
  readonly source: SourceFile;
}

function toCompletionItem(completion: Completion, { at, source, client }: ItemPlace): CompletionItem {
  const { label, kind, span, of, isCall = false, detail, documentation } = completion;
  const can = client.textDocument?.completion?.completionItem;
  const isSnippet = isCall || kind === 'snippet';
  const written = completion.insertText ?? label;
  const item: CompletionItem = {
    label,
    kind: isCall ? CompletionItemKind.Function : kinds[kind],
    textEdit: {
      range: source.rangeOf(span),
      newText: isSnippet && !can?.snippetSupport ? withoutStops(written) : written,
    },
    filterText: label,
    sortText: String(at).padStart(5, '0'),
  };
  if (isSnippet && can?.snippetSupport) item.insertTextFormat = InsertTextFormat.Snippet;
  if (detail && can?.labelDetailsSupport) item.labelDetails = { description: detail };
  else if (detail) item.detail = detail;
  if (documentation) item.documentation = { kind: MarkupKind.Markdown, value: documentation };
  if (of) item.data = of;
  return item;
}

/** A snippet's text for a client that knows none: its stops left out, what they suggest kept. */
function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{?\d+\}?/g, '')
    .replace(/\\([$}\\])/g, '$1');
}

/** What an item was given to remember; undefined for anything else, as it comes back from outside. */
function nameOf(data: unknown): NameKey | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { namespace, scope, name } = data as Record<string, unknown>;
  return typeof namespace === 'string' && typeof scope === 'string' && typeof name === 'string'
    ? { namespace, scope, name }
    : undefined;
}
