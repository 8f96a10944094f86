import type { Interpreter, LogLevel, Reading, Step } from '../core/step.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { resolvePath } from '../core/path.ts';
import type { OutputHead } from './event-log.ts';
import { FailureReader, failureWords, type PrintedFailure } from './failure-reader.ts';
import { lineOfKeys } from './line-of-keys.ts';
import { LineScanner } from './line-scanner.ts';
import { writtenAt } from './left-files.ts';
import type { Redactor } from './redact.ts';
import type { RunEventBody } from './run-event.ts';
import type { OutputStream } from './runner.ts';
import { plainInterpreter } from './safe-interpreter.ts';

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
  /** Hears what was read, in order. */
  readonly to: OutputSink;
}

/** Where the events of a step's output go. */
export interface OutputSink {
  event(event: RunEventBody): void;
  /** An event for each of many lines, which hold no secret and nothing that JSON would write in another way. */
  lines(head: OutputHead, lines: Buffer): void;
}

/** Turns the lines of one process into events of its run: read by the system, masked, with whole paths. */
export class StepOutput {
  readonly #options: StepOutputOptions;
  readonly #failures = { stdout: new FailureReader(), stderr: new FailureReader() };
  /** Undefined where every line must be read by itself. */
  readonly #scanners: Readonly<Record<OutputStream, LineScanner>> | undefined;

  constructor(options: StepOutputOptions) {
    this.#options = options;
    const { words } = options.redact;
    if (options.interpreter !== plainInterpreter || words === undefined) return;
    const all = [...words, ...failureWords];
    this.#scanners = { stdout: new LineScanner(all), stderr: new LineScanner(all) };
  }

  line(stream: OutputStream, text: string): void {
    this.#scanners?.[stream].passed();
    for (const event of this.#eventsOf(stream, text)) this.#options.to.event(event);
  }

  /** Lines of good UTF-8, each ended by LF: most of what comes by the million is written down without a further look. */
  block(stream: OutputStream, lines: Buffer): void {
    const scanner = this.#scanners?.[stream];
    if (!scanner) {
      for (const text of lines.toString('utf8', 0, lines.length - 1).split('\n')) this.line(stream, text);
      return;
    }
    const { id: step, to } = this.#options;
    const head: OutputHead = { type: 'output', step, stream, level: 'info' };
    const failures = this.#failures[stream];
    const read = (text: string): void => {
      for (const event of this.#eventsOf(stream, text)) to.event(event);
    };
    scanner.scan(lines, {
      plain(block) {
        let from = 0;
        // What a line before has begun, plain lines may end.
        while (!failures.isQuiet && from < block.length) {
          const end = block.indexOf('\n', from);
          read(block.toString('utf8', from, end));
          from = end + 1;
        }
        if (from < block.length) to.lines(head, block.subarray(from));
      },
      quoted(text) {
        if (failures.isQuiet) to.event({ ...head, text });
        else read(text);
      },
      remarkable: read,
    });
  }

  #eventsOf(stream: OutputStream, text: string): readonly RunEventBody[] {
    const readings = this.#options.interpreter.line(stream, text);
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
  end(): void {
    for (const reader of Object.values(this.#failures))
      for (const each of reader.end()) for (const event of this.#problem(each)) this.#options.to.event(event);
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
    const at = line ?? lineOfKeys(whole, message) ?? 1;
    return [{ type: 'problem', step, message: redact.line(message), path: whole, line: at }];
  }

  #eventsOfReading(stream: OutputStream, reading: Reading): readonly RunEventBody[] {
    const { id: step, redact } = this.#options;
    switch (reading.kind) {
      case 'text': {
        const { level, node } = reading;
        const rest = { level, ...(node === undefined ? {} : { node: redact.line(node) }) };
        return redact
          .text(reading.text)
          .split(/\r?\n/)
          .map((text) => ({ type: 'output', step, stream, ...rest, text }));
      }
      case 'node-started': {
        const { kind: _, path, title, node, ...rest } = reading;
        const masked = { node: redact.line(node), title: redact.line(title) };
        return [{ type: 'node-started', step, ...rest, ...masked, ...this.#whole(path) }];
      }
      case 'node-ended': {
        const { kind: _, path, message, node, ...rest } = reading;
        const masked = message === undefined ? {} : { message: redact.text(message) };
        return [
          { type: 'node-ended', step, node: redact.line(node), ...rest, ...masked, ...this.#whole(path) },
        ];
      }
      case 'artifact': {
        const { node, title, path } = reading;
        const whole = this.#wholePath(path);
        const modifiedMs = whole === undefined ? undefined : writtenAt(whole);
        if (whole === undefined || modifiedMs === undefined) return [];
        return [{ type: 'artifact', step, node: redact.line(node), title, path: whole, modifiedMs }];
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
