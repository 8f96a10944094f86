import { join, sep } from 'node:path';
import type { FactReader } from '../core/fact-index.ts';
import type { FailureReports } from '../core/failure-reports.ts';
import type { System } from '../core/system.ts';
import { namesIn, statOf, textAt } from '../files/disk.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import type { Redactor } from './redact.ts';
import type { RunEventBody } from './run-event.ts';

/** Where a tool leaves reports of failures, and how they are read. */
export interface ReportPlace {
  readonly reports: Pick<FailureReports, 'failures'>;
  readonly system: string;
  /** File-system paths. */
  readonly folders: readonly string[];
}

/** Limit: a folder with more files than these is not looked into. */
const mostFiles = 20_000;
/** Limit: a larger report is not read. */
const mostBytes = 20_000_000;

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

/** A step while it runs, and afterwards: what may have written a report. */
interface Writer {
  readonly step: string;
  /** File-system path of the folder that it runs in. */
  readonly cwd: string;
  /** Reports that were there when it began. */
  readonly before: ReadonlySet<string>;
  readonly began: number;
  ended: number;
}

/** What a step left, to be asked when it has ended. */
export interface StepReports {
  events(redact: Redactor): readonly RunEventBody[];
}

/** Files are stamped by a clock that moves in steps. */
const clockStepMs = 20;

/**
 * Whose the reports are that steps of a run leave. One that was written while a single step ran is that step's; of steps
 * that ran side by side it is that one in whose folder it lies, of folders within each other the innermost, and where that tells nothing, each of them may have
 * written it and is told of it.
 */
export class RunReports {
  readonly #places: readonly ReportPlace[];
  readonly #writers: Writer[] = [];
  /** Reports that no step ran for when they were written: moved, or copied with their times. */
  readonly #strays = new Set<string>();

  constructor(places: readonly ReportPlace[]) {
    this.#places = places;
  }

  /** The step begins; `cwd` is a path of the file system. */
  begin(step: string, cwd: string): StepReports {
    const before = new Set(this.#places.flatMap(filesIn));
    const writer: Writer = { step, cwd, before, began: Date.now(), ended: Infinity };
    this.#writers.push(writer);
    return {
      events: (redact) => {
        // What is written in this very millisecond is its own.
        writer.ended = Date.now() + 1;
        return this.#places.flatMap((place) =>
          filesIn(place)
            .filter((file) => this.#isOf(writer, file))
            .flatMap((file) => problemsIn(file, place, { step, redact })),
        );
      },
    };
  }

  #isOf(writer: Writer, file: string): boolean {
    if (writer.before.has(file)) return false;
    const written = writtenAt(file);
    const running = this.#writers.filter(
      ({ before, began, ended }) => !before.has(file) && began - clockStepMs <= written && written <= ended,
    );
    if (running.length === 0) {
      // Who ends first is the one that found it.
      const isFirst = !this.#strays.has(file);
      this.#strays.add(file);
      return isFirst;
    }
    const around = running.filter(({ cwd }) => file.startsWith(`${cwd}${sep}`));
    const deepest = Math.max(...around.map(({ cwd }) => cwd.length));
    const nearest = around.filter(({ cwd }) => cwd.length === deepest);
    return (nearest.length > 0 ? nearest : running).includes(writer);
  }
}

function problemsIn(
  file: string,
  { reports, system }: ReportPlace,
  { step, redact }: { readonly step: string; readonly redact: Redactor },
): readonly RunEventBody[] {
  const read = (path: string): string => textAt(path, mostBytes) ?? '';
  try {
    return reports
      .failures({ path: fromFsPath(file), text: read(file) }, (path) => read(toFsPath(path)))
      .map(({ message, path, line }) => ({
        type: 'problem',
        step,
        message: redact.text(message),
        path: toFsPath(path),
        line,
        reportedBy: system,
      }));
  } catch (error) {
    const text = redact.line(`Penstock could not read the report ${file}: ${String(error)}`);
    return [{ type: 'output', step, stream: 'stderr', level: 'warn', text }];
  }
}

function writtenAt(file: string): number {
  return statOf(file)?.mtimeMs ?? 0;
}

function filesIn({ folders }: ReportPlace): readonly string[] {
  return folders.flatMap((folder) => {
    const names = namesIn(folder, { all: true }).filter((name) => name.endsWith('.json'));
    return names.length > mostFiles ? [] : names.map((name) => join(folder, name));
  });
}
