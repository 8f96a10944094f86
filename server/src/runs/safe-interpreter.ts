import type { Interpreter, Reading } from '../core/step.ts';
import type { OutputStream } from './runner.ts';

/** Takes whatever is printed for plain text; for steps of systems that have no interpreter. */
export const plainInterpreter: Interpreter = {
  line: (_stream, text) => [{ kind: 'text', text, level: 'info' }],
};

/** What a system reads its steps' output with, in a way that its failure costs no line: the first time it is told. */
export function safeInterpreter(made: () => Interpreter): Interpreter {
  try {
    const interpreter = made();
    return interpreter === plainInterpreter ? interpreter : new SafeInterpreter(interpreter);
  } catch (error) {
    return new SafeInterpreter({
      line: () => {
        throw error;
      },
    });
  }
}

class SafeInterpreter implements Interpreter {
  readonly #interpreter: Interpreter;
  #hasTold = false;

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter;
  }

  line(stream: OutputStream, text: string): readonly Reading[] {
    try {
      return this.#interpreter.line(stream, text);
    } catch (error) {
      return [...this.#told(error), ...plainInterpreter.line(stream, text)];
    }
  }

  #told(error: unknown): readonly Reading[] {
    if (this.#hasTold) return [];
    this.#hasTold = true;
    const text = `Penstock could not read this output, which is shown as it was printed: ${String(error)}`;
    return [{ kind: 'text', text, level: 'warn' }];
  }
}
