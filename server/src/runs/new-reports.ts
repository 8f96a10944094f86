import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FactReader } from '../core/fact-index.ts';
import type { FailureReports, ReportedFailure } from '../core/failure-reports.ts';
import type { System } from '../core/system.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import type { Redactor } from './redact.ts';
import type { RunEventBody } from './run-event.ts';
import { textOf } from './text-of.ts';

/** Where a tool leaves reports of failures, and how they are read. */
export interface ReportPlace {
  readonly reports: Pick<FailureReports, 'failures'>;
  readonly system: string;
  /** File-system paths. */
  readonly folders: readonly string[];
}

/** Limit: a folder with more files than these is not looked into. */
const mostFiles = 20_000;
/** Limit: so many characters of a report are read. */
const longest = 20_000_000;

/** The places of all systems that have reports here. */
export function reportPlaces(
  systems: readonly Pick<System, 'id' | 'reports'>[],
  facts: FactReader,
): readonly ReportPlace[] {
  return systems.flatMap(({ id, reports }) => {
    const folders = reports?.folders(facts).map(toFsPath) ?? [];
    return reports && folders.length > 0 ? [{ system: id, folders, reports }] : [];
  });
}

/**
 * The reports that are there when a step has ended and were not when it began. Limit: of two steps that run at one time,
 * the one that ends first is taken for who left them; `taken` keeps the other one from telling them again.
 */
export class NewReports {
  readonly #places: readonly ReportPlace[];
  readonly #before: ReadonlySet<string>;

  constructor(places: readonly ReportPlace[]) {
    this.#places = places;
    this.#before = new Set(places.flatMap(filesIn));
  }

  /** To be asked when the step has ended. */
  events(step: string, redact: Redactor, taken: Set<string>): readonly RunEventBody[] {
    return this.#places.flatMap((place) =>
      filesIn(place).flatMap((file) => {
        if (this.#before.has(file) || taken.has(file)) return [];
        taken.add(file);
        return failuresIn(file, place).map(({ message, path, line }) => ({
          type: 'problem' as const,
          step,
          message: redact.text(message),
          path: toFsPath(path),
          line,
          reportedBy: place.system,
        }));
      }),
    );
  }
}

/** A report that cannot be read tells nothing. */
function failuresIn(file: string, { reports }: ReportPlace): readonly ReportedFailure[] {
  try {
    const report = { path: fromFsPath(file), text: textOf(file, longest) };
    return reports.failures(report, (path) => textOf(toFsPath(path), longest));
  } catch {
    return [];
  }
}

function filesIn({ folders }: ReportPlace): readonly string[] {
  return folders.flatMap((folder) => {
    const names = namesIn(folder).filter((name) => name.endsWith('.json'));
    return names.length > mostFiles ? [] : names.map((name) => join(folder, name));
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}
