import type { RunEvent } from '../../../../server/src/runs/run-event.ts';
import type { LogLine } from '../../../../webviews/run/protocol.ts';
import { LineTable } from '../line-table.ts';
import { logLinesOf } from '../log-lines-of.ts';
import type { NumberedLine, RunLines } from '../run-lines.ts';

/** The output of a run without a log on disk. */
export class MemoryLines implements RunLines {
  readonly table = new LineTable();
  readonly #lines: LogLine[] = [];

  append(events: readonly RunEvent[]): void {
    this.add(events.flatMap((event) => logLinesOf(event)));
  }

  add(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.table.add(line, this.#lines.length);
    }
  }

  read(lines: readonly number[]): readonly NumberedLine[] {
    return lines.flatMap((number) => {
      const line = this.#lines[number];
      return line === undefined ? [] : [{ number, line }];
    });
  }
}
