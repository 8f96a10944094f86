import { closeSync, openSync, readSync } from 'node:fs';
import { parseEvent } from '../../../server/src/runs/event-format.ts';
import type { RunEvent } from '../../../server/src/runs/run-event.ts';
import type { LogLine } from '../../../webviews/run/protocol.ts';
import { logLinesOf } from './log-lines-of.ts';
import { LineTable } from './line-table.ts';

/** The output of a run, line by line. */
export interface RunLines {
  readonly table: LineTable;
  /** Takes the next events; `offsets` is where each begins in the log, and where the last one ends. */
  append(events: readonly RunEvent[], offsets: readonly number[]): void;
  /** Lines by their numbers, ascending; those that cannot be read any more are left out. */
  read(lines: readonly number[]): readonly NumberedLine[];
}

export interface NumberedLine {
  readonly number: number;
  readonly line: LogLine;
}

/** What lies between two wanted lines is read along when it is not more than this. */
const gapBytes = 32 * 1024;

/** The output of a run in its log on disk: where each line stands is remembered, what it says is read when it is wanted. */
export class LinesInLog implements RunLines {
  readonly table = new LineTable();
  readonly #file: string;
  #end = 0;

  constructor(file: string) {
    this.#file = file;
  }

  append(events: readonly RunEvent[], offsets: readonly number[]): void {
    for (const [index, event] of events.entries()) {
      for (const line of logLinesOf(event)) this.table.add(line, offsets[index] ?? 0);
    }
    this.#end = offsets.at(-1) ?? this.#end;
  }

  read(lines: readonly number[]): readonly NumberedLine[] {
    if (lines.length === 0) return [];
    let descriptor: number;
    try {
      descriptor = openSync(this.#file, 'r');
    } catch {
      // Removed while it is shown; the follower says so.
      return [];
    }
    try {
      return this.#stretches(lines).flatMap((stretch) => this.#readStretch(descriptor, stretch));
    } finally {
      closeSync(descriptor);
    }
  }

  /** Wanted lines that lie near each other, together. */
  #stretches(lines: readonly number[]): readonly (readonly number[])[] {
    const stretches: number[][] = [];
    let before = -1;
    for (const line of lines) {
      const last = stretches.at(-1);
      if (last && this.table.offset(line) - this.table.offset(before) <= gapBytes) last.push(line);
      else stretches.push([line]);
      before = line;
    }
    return stretches;
  }

  #readStretch(descriptor: number, lines: readonly number[]): readonly NumberedLine[] {
    const { table } = this;
    const from = table.offset(lines[0] ?? 0);
    const bytes = Buffer.allocUnsafe(Math.max(0, this.#endOf(lines.at(-1) ?? 0) - from));
    const length = readSync(descriptor, bytes, 0, bytes.length, from);
    const found: NumberedLine[] = [];
    let at = -1;
    let parts: readonly LogLine[] = [];
    for (const number of lines) {
      const offset = table.offset(number);
      if (offset !== at) {
        at = offset;
        parts = linesAt(bytes, offset - from, length);
      }
      const line = parts[this.#partOf(number)];
      if (line) found.push({ number, line });
    }
    return found;
  }

  /** An event may make several lines: which of them this is. */
  #partOf(number: number): number {
    let part = 0;
    while (number - part > 0 && this.table.offset(number - part - 1) === this.table.offset(number)) part++;
    return part;
  }

  #endOf(number: number): number {
    const offset = this.table.offset(number);
    for (let next = number + 1; next < this.table.count; next++) {
      if (this.table.offset(next) !== offset) return this.table.offset(next);
    }
    return this.#end;
  }
}

function linesAt(bytes: Buffer, from: number, length: number): readonly LogLine[] {
  const found = bytes.indexOf(10, from);
  const event = parseEvent(bytes.toString('utf8', from, found < 0 ? length : Math.min(found, length)));
  return event === undefined ? [] : logLinesOf(event);
}
