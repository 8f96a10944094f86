import type { Interpreter, LogLevel, Reading, Step } from '../core/step.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { resolvePath } from '../core/path.ts';
import { FailureReader, type PrintedFailure } from './failure-reader.ts';
import type { Redactor } from './redact.ts';
import type { RunEventBody } from './run-event.ts';
import type { OutputStream } from './runner.ts';

/** Takes whatever is printed for plain text; for steps of systems that have no interpreter. */
export const plainInterpreter: Interpreter = {
  line: (_stream, text) => [{ kind: 'text', text, level: 'info' }],
};

export interface StepOutputOptions {
  /** Id of the step in its run. */
  readonly id: string;
  readonly step: Step;
  /** Folder the step runs in (URI path). */
  readonly cwd: string;
  readonly interpreter: Interpreter;
  readonly redact: Redactor;
  /** The file (file-system path) that a printed path means; absent where the step runs on this machine. */
  readonly toHost?: (path: string) => string | undefined;
}

/** Turns the lines of one process into events of its run: read by the system, masked, with whole paths. */
export class StepOutput {
  readonly #options: StepOutputOptions;
  readonly #failures = { stdout: new FailureReader(), stderr: new FailureReader() };

  constructor(options: StepOutputOptions) {
    this.#options = options;
  }

  eventsOf(stream: OutputStream, text: string): readonly RunEventBody[] {
    const readings = this.#read(stream, text);
    const [only] = readings;
    // Nearly always a line means its text and nothing else; what comes by the million makes no lists of lists.
    if (
      readings.length === 1 &&
      only?.kind === 'text' &&
      only.node === undefined &&
      !only.text.includes('\n')
    ) {
      const event = this.#output(stream, only.text, only.level);
      const problems = this.#failures[stream].read(only.text);
      return problems.length === 0 ? [event] : [event, ...problems.flatMap((each) => this.#problem(each))];
    }
    return readings.flatMap((reading) => [
      ...this.#eventsOfReading(stream, reading),
      ...(reading.kind === 'text' ? this.#problemsIn(stream, reading.text) : []),
    ]);
  }

  #output(stream: OutputStream, text: string, level: LogLevel): RunEventBody {
    const { id: step, redact } = this.#options;
    return { type: 'output', step, stream, level, text: redact.line(text) };
  }

  /** What was still to come when the process has ended. */
  end(): readonly RunEventBody[] {
    return Object.values(this.#failures).flatMap((reader) =>
      reader.end().flatMap((each) => this.#problem(each)),
    );
  }

  #problemsIn(stream: OutputStream, text: string): readonly RunEventBody[] {
    const lines = text.includes('\n') ? text.split(/\r?\n/) : [text];
    return lines.flatMap((line) => this.#failures[stream].read(line)).flatMap((each) => this.#problem(each));
  }

  /** Nothing for a file that only a container has. */
  #problem({ message, path, line }: PrintedFailure): readonly RunEventBody[] {
    const { id: step, redact } = this.#options;
    const whole = this.#wholePath(path);
    if (whole === undefined) return [];
    return [{ type: 'problem', step, message: redact.line(message), path: whole, line }];
  }

  /** An interpreter that fails must cost no line of output. */
  #read(stream: OutputStream, text: string): readonly Reading[] {
    try {
      return this.#options.interpreter.line(stream, text);
    } catch {
      return plainInterpreter.line(stream, text);
    }
  }

  #eventsOfReading(stream: OutputStream, reading: Reading): readonly RunEventBody[] {
    const { id: step, redact } = this.#options;
    switch (reading.kind) {
      case 'text': {
        const { level, node } = reading;
        const rest = { level, ...(node === undefined ? {} : { node: redact.line(node) }) };
        return reading.text
          .split(/\r?\n/)
          .map((line) => ({ type: 'output', step, stream, ...rest, text: redact.line(line) }));
      }
      case 'node-started': {
        const { kind: _, path, title, node, ...rest } = reading;
        const masked = { node: redact.line(node), title: redact.line(title) };
        return [{ type: 'node-started', step, ...rest, ...masked, ...this.#whole(path) }];
      }
      case 'node-ended': {
        const { kind: _, path, message, node, ...rest } = reading;
        const masked =
          message === undefined
            ? {}
            : {
                message: message
                  .split('\n')
                  .map((line) => redact.line(line))
                  .join('\n'),
              };
        return [
          { type: 'node-ended', step, node: redact.line(node), ...rest, ...masked, ...this.#whole(path) },
        ];
      }
      case 'progress': {
        const { kind: _, node, ...rest } = reading;
        return [{ type: 'progress', step, node: redact.line(node), ...rest }];
      }
    }
  }

  /** Tools print paths of the file system, relative to where they run. */
  #whole(path: string | undefined): { readonly path?: string } {
    const whole = path === undefined ? undefined : this.#wholePath(path);
    return whole === undefined ? {} : { path: whole };
  }

  #wholePath(path: string): string | undefined {
    const { toHost } = this.#options;
    if (toHost) return toHost(path);
    const windowsPath = /^[a-z]:[\\/]/i.test(path);
    const asUri = windowsPath ? fromFsPath(path) : path.replaceAll('\\', '/');
    return toFsPath(resolvePath(this.#options.cwd, asUri));
  }
}
