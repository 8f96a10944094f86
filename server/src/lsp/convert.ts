import {
  DiagnosticSeverity,
  DiagnosticTag,
  SymbolKind,
  type Diagnostic,
  type DocumentSymbol,
  type Location as LspLocation,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { Finding, Severity } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import { SourceFile } from '../core/source-file.ts';
import type { Location, Range } from '../core/span.ts';
import type { OutlineSymbol } from '../core/system.ts';
import type { PageOf } from './rule-pages.ts';

/** The path of a file; '' for what is none (an unsaved buffer, an old version), of which nothing is known. */
export function toPath(uri: string): string {
  const { scheme, path } = URI.parse(uri);
  if (scheme !== 'file') return '';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The URI of a file. */
export function toUri(path: string): string {
  return URI.from({ scheme: 'file', path }).toString();
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary } as const;

export function toDiagnostic(
  finding: Finding,
  source: SourceFile,
  { platform, pageOf }: { readonly platform: Platform; readonly pageOf: PageOf },
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: source.rangeOf(finding.span),
    severity: severities[finding.severity],
    code: finding.code,
    source: 'Penstock',
    message: finding.message,
  };
  const href = pageOf(finding.code);
  if (href !== undefined) diagnostic.codeDescription = { href };
  if (finding.tag) diagnostic.tags = [tags[finding.tag]];
  if (finding.related) {
    diagnostic.relatedInformation = finding.related.map((place) => ({
      location: toLocation(place, platform),
      message: place.message,
    }));
  }
  return diagnostic;
}

export function toLocation({ path, span }: Location, platform: Platform): LspLocation {
  return { uri: toUri(path), range: rangeIn(platform, path, span) };
}

/** The range of a span in a file of the platform; its start where the file is not known. */
export function rangeIn(
  platform: Platform,
  path: string,
  span: { readonly start: number; readonly end: number },
): Range {
  const source = platform.source(path);
  return source ? source.rangeOf(span) : new SourceFile(path, '').rangeOf({ start: 0, end: 0 });
}

const symbolKinds = {
  project: SymbolKind.Package,
  group: SymbolKind.Namespace,
  item: SymbolKind.Class,
  field: SymbolKind.Field,
  task: SymbolKind.Event,
} as const;

export function toDocumentSymbol(symbol: OutlineSymbol, source: SourceFile): DocumentSymbol {
  const converted: DocumentSymbol = {
    // VS Code refuses a whole outline over one empty name.
    name: symbol.name || '(unnamed)',
    kind: symbolKinds[symbol.kind],
    range: source.rangeOf(symbol.span),
    selectionRange: source.rangeOf(symbol.selection),
    children: symbol.children.map((child) => toDocumentSymbol(child, source)),
  };
  if (symbol.detail) converted.detail = symbol.detail;
  return converted;
}
