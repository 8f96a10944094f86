import { whyNoValue } from '../../../server/src/core/parameters.ts';
import type { Parameter } from '../../../server/src/core/step.ts';
import { isSecretName } from '../../../server/src/runs/secret-values.ts';

/** A parameter in the form of a run, with its present value. */
export interface FormRow {
  readonly name: string;
  readonly value: string;
  readonly about: string;
  /** Somebody has set it: it differs from what happens where nobody does. */
  readonly isSet: boolean;
}

/** What is set for a run of a step, until it is started. */
export class OptionForm {
  readonly parameters: readonly Parameter[];
  readonly #values = new Map<string, string>();

  /** `kept` are the values of the last time; those that are none any more are left out. */
  constructor(parameters: readonly Parameter[], kept: Readonly<Record<string, string>>) {
    this.parameters = parameters;
    for (const parameter of parameters) {
      const value = kept[parameter.name];
      if (value !== undefined && whyNoValue(parameter, value) === undefined) this.set(parameter, value);
    }
  }

  get rows(): readonly FormRow[] {
    return this.parameters.map((parameter) => {
      const { name, description = '' } = parameter;
      // What a list shows is plain text.
      const about = description.replaceAll('`', '');
      return { name, value: this.#shown(parameter), about, isSet: this.#values.has(name) };
    });
  }

  valueOf({ name, default: otherwise = '' }: Parameter): string {
    return this.#values.get(name) ?? otherwise;
  }

  /** Sets a value; the default, and nothing at all where the tool then decides, set nothing. */
  set({ name, default: otherwise, isOption }: Parameter, value: string): void {
    if (value === otherwise || (isOption && value === '')) this.#values.delete(name);
    else this.#values.set(name, value);
  }

  /** On, off, and, where the tool alone knows what it is, left to the tool. */
  toggle(parameter: Parameter): void {
    const now = this.#values.get(parameter.name) ?? parameter.default;
    const next =
      now === undefined ? 'true' : now === 'true' ? 'false' : parameter.default === undefined ? '' : 'true';
    this.set(parameter, next);
  }

  reset(name?: string): void {
    if (name === undefined) this.#values.clear();
    else this.#values.delete(name);
  }

  /** The first parameter that must have a value and has none. */
  get missing(): Parameter | undefined {
    return this.parameters.find(
      ({ name, isOption, default: otherwise }) =>
        !isOption && otherwise === undefined && !this.#values.has(name),
    );
  }

  /** What is set, for the run. */
  get values(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#values);
  }

  /** What is set in one line: `target: prod, full-refresh`. */
  get summary(): string {
    return this.parameters
      .flatMap((parameter) => {
        const value = this.#values.get(parameter.name);
        if (value === undefined) return [];
        return value === 'true' ? parameter.name : `${parameter.name}: ${this.#shown(parameter)}`;
      })
      .join(', ');
  }

  #shown({ name, type, default: otherwise, isOption }: Parameter): string {
    const value = this.#values.get(name);
    if (value !== undefined) return isSecretName(name) ? '•••' : value;
    if (otherwise !== undefined && otherwise !== '') return otherwise;
    if (!isOption) return 'must be set';
    // A flag without a default is off like all others, but for what its tool reads in its own configuration.
    return type === 'boolean' ? 'false unless configured' : 'not set';
  }
}
