import type { Finding, Severity } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Range, Span } from '../core/span.ts';
import { defaultFindingSettings, diagnose } from '../language/diagnose.ts';
import { toFsPath } from '../files/node-files.ts';
import { fingerprintsIn, type Identity } from './fingerprint.ts';

/** A finding with all that a report may say of it; it stays when the platform goes on. */
export interface FoundProblem extends Identity {
  /** File-system path. */
  readonly path: string;
  readonly range: Range;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fixes: readonly FoundFix[];
}

export interface FoundFix {
  readonly title: string;
  /** May be applied without a look: `--fix` does. */
  readonly isCertain: boolean;
  readonly edits: readonly (Place & { readonly newText: string })[];
}

export interface Place {
  /** File-system path. */
  readonly path: string;
  readonly range: Range;
}

/** What is wrong in one file (URI path) as a person sees it. */
export function problemsIn(platform: Platform, path: string): readonly FoundProblem[] {
  const source = platform.source(path);
  if (!source) return [];
  const fingerprintOf = fingerprintsIn(source);
  return diagnose(platform, path, defaultFindingSettings).map((finding) => ({
    ...describe(finding, source, platform),
    fingerprint: fingerprintOf(finding),
  }));
}

function describe(
  finding: Finding,
  source: SourceFile,
  platform: Platform,
): Omit<FoundProblem, 'fingerprint'> {
  const { code, severity, message, span, related = [], fixes = [] } = finding;
  const place = (path: string, at: Span): Place => ({
    path: toFsPath(path),
    range: (platform.source(path) ?? source).rangeOf(at),
  });
  return {
    code,
    severity,
    message,
    file: toFsPath(source.path),
    ...place(source.path, span),
    related: related.map((each) => ({ ...place(each.path, each.span), message: each.message })),
    // A fix that makes files is offered in the editor; a report has no place for it.
    fixes: fixes
      .filter(({ creates = [] }) => creates.length === 0)
      .map(({ title, certain, edits }) => ({
        title,
        isCertain: certain,
        edits: edits.map(({ path, span: at, newText }) => ({ ...place(path, at), newText })),
      })),
  };
}
