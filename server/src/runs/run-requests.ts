import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { objectIn } from '../core/json.ts';
import { watchFile } from './cancel-file.ts';

/** What somebody asks of a run's driver about one of its steps. */
export interface StepRequest {
  readonly ask: 'cancel' | 'pause' | 'continue';
  /** Id of the step in the run, or its public name. */
  readonly step: string;
}

/** Asks, by a line in a file of the run's folder: that works on every system, and for whoever can write there. */
export function addRequest(file: string, request: StepRequest): void {
  appendFileSync(file, `${JSON.stringify(request)}\n`);
}

/** Calls back with each request, in order, once. */
export function watchRequests(file: string, onRequest: (request: StepRequest) => void): { dispose(): void } {
  let offset = 0;
  let rest = '';
  return watchFile(file, () => {
    const text = readFrom(file, offset);
    offset += text.length;
    const lines = (rest + text.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const request of lines.flatMap(requestOf)) onRequest(request);
  });
}

function readFrom(file: string, offset: number): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - offset));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset));
  } catch {
    // Nobody has asked for anything yet.
    return Buffer.alloc(0);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function requestOf(line: string): readonly StepRequest[] {
  const { ask, step } = objectIn(line) ?? {};
  const isKnown = ask === 'cancel' || ask === 'pause' || ask === 'continue';
  return isKnown && typeof step === 'string' ? [{ ask, step }] : [];
}
