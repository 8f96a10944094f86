import { whyNoValue } from '../../../server/src/core/parameters.ts';
import type { Parameter } from '../../../server/src/core/step.ts';
import { isSecretName } from '../../../server/src/runs/secret-values.ts';
import type { Memory } from './seen-runs.ts';

const key = 'penstock.parameters';

/** One question to whoever starts a run. */
export interface ParameterQuestion {
  readonly name: string;
  readonly prompt: string;
  /** The values to choose from; undefined where one is typed. */
  readonly choices: readonly string[] | undefined;
  /** What is there already: the value of the last time, else the default. */
  readonly value: string;
  readonly isSecret: boolean;
  /** Why a text is no value, in a sentence. */
  readonly whyNot: (text: string) => string | undefined;
}

export function questionsOf(
  parameters: readonly Parameter[],
  last: Readonly<Record<string, string>>,
): readonly ParameterQuestion[] {
  return parameters.map((parameter) => {
    const { name, type, description, options = [], default: otherwise } = parameter;
    const choices = type === 'choice' ? options : type === 'boolean' ? ['true', 'false'] : undefined;
    const before = last[name];
    const isKept = before !== undefined && whyNoValue(parameter, before) === undefined;
    return {
      name,
      prompt: description ?? `Value of ${name}`,
      choices,
      value: (isKept ? before : otherwise) ?? '',
      isSecret: isSecretName(name),
      whyNot: (text) => {
        const why = whyNoValue(parameter, text);
        return why && `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
      },
    };
  });
}

/** The values that a step was last run with, in a workspace; secret ones are never kept. */
export class LastValues {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  of(step: string, folder: string): Readonly<Record<string, string>> {
    return this.#all()[`${folder} ${step}`] ?? {};
  }

  async keep(step: string, folder: string, values: Readonly<Record<string, string>>): Promise<void> {
    const plain = Object.entries(values).filter(([name]) => !isSecretName(name));
    await this.#memory.update(key, { ...this.#all(), [`${folder} ${step}`]: Object.fromEntries(plain) });
  }

  #all(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    const kept = this.#memory.get(key);
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, Record<string, string>>) : {};
  }
}
