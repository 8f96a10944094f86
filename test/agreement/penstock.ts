import { neverCancelled } from '../../server/src/core/cancellation.ts';
import type { Severity } from '../../server/src/core/finding.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { Platform } from '../../server/src/core/platform.ts';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { systems } from '../../server/src/systems/index.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import type { ProjectFiles } from './base.ts';

/** A finding as `penstock check` prints it; lines count from 1. */
export interface Reported {
  readonly file: string;
  readonly line: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

/** What Penstock reports of a project that a dbt of this version reads. Its rules must not throw. */
export async function report(
  files: ProjectFiles,
  version: string,
  environment: Iterable<string> = [],
): Promise<readonly Reported[]> {
  const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  const platform = new Platform({
    systems,
    files: new MemoryFiles(texts),
    log: silentLog,
    pause: async () => {},
    versionOf: () => ({ version, source: 'the agreement suite' }),
    environment: new Set(environment),
    onRuleError: (_rule, _path, error) => {
      throw error;
    },
  });
  await platform.load(['/w'], neverCancelled);
  const reported: Reported[] = [];
  for (const path of platform.paths()) {
    for (const { span, severity, code, message } of diagnose(platform, path, defaultFindingSettings)) {
      const line = platform.source(path)!.rangeOf(span).start.line + 1;
      reported.push({ file: path.slice('/w/'.length), line, severity, code, message });
    }
  }
  return reported;
}
