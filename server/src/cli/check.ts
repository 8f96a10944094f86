import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Finding, Severity } from '../core/finding.ts';
import { isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import type { Range } from '../core/span.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { defaultFindingSettings, diagnose } from '../language/diagnose.ts';
import type { CliHost } from './host.ts';
import type { CliIo } from './io.ts';

export interface CheckOptions {
  /** Files and folders to report on; none means the working directory. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
}

/** One finding of `penstock check --format json`. Public. */
export interface CheckFinding {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  /** Zero-based lines and UTF-16 columns, as in LSP. */
  readonly range: Range;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

/** Reports findings. Exit status: 0 no finding of severity error, 1 some, 2 could not run. */
export async function runCheck(
  { paths, format }: CheckOptions,
  { io, openWorkspace }: CliHost,
): Promise<number> {
  const wanted = (paths.length > 0 ? paths : ['.']).map((path) => resolve(io.cwd, path));
  const missing = wanted.find((path) => statSync(path, { throwIfNoEntry: false }) === undefined);
  if (missing !== undefined) {
    io.err(`penstock check: there is no file or folder ${relative(io.cwd, missing)}; name one that exists\n`);
    return 2;
  }
  const findings: CheckFinding[] = [];
  const seen = new Set<string>();
  for (const path of wanted) {
    const isFolder = statSync(path).isDirectory();
    const platform = await openWorkspace(isFolder ? path : resolve(path, '..'));
    for (const found of findingsUnder(platform, fromFsPath(path), io.cwd)) {
      const key = JSON.stringify(found);
      if (!seen.has(key)) findings.push(found);
      seen.add(key);
    }
  }
  if (format === 'json') io.out(`${JSON.stringify({ findings }, undefined, 2)}\n`);
  else printText(findings, io);
  return findings.some((finding) => finding.severity === 'error') ? 1 : 0;
}

function* findingsUnder(platform: Platform, path: string, cwd: string): Iterable<CheckFinding> {
  const inside = [...platform.paths()].filter((each) => isInside(each, path)).sort();
  for (const each of inside) {
    const source = platform.source(each)!;
    const file = relative(cwd, toFsPath(each)).replaceAll('\\', '/');
    for (const finding of diagnose(platform, each, defaultFindingSettings))
      yield toCheckFinding(finding, file, source.rangeOf(finding.span));
  }
}

function toCheckFinding({ severity, code, message }: Finding, file: string, range: Range): CheckFinding {
  return { file, range, severity, code, message };
}

function printText(findings: readonly CheckFinding[], io: CliIo): void {
  for (const { file, range, severity, code, message } of findings) {
    io.out(
      `${file}:${range.start.line + 1}:${range.start.character + 1}: ${severity}: ${message} [${code}]\n`,
    );
  }
  io.out(`${findings.length === 0 ? '' : '\n'}${summary(findings)}\n`);
}

function summary(findings: readonly CheckFinding[]): string {
  if (findings.length === 0) return 'No findings.';
  const parts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'information' ? '' : 's'}`];
  });
  const files = new Set(findings.map((finding) => finding.file)).size;
  return `${parts.join(', ')} in ${files} ${files === 1 ? 'file' : 'files'}.`;
}
