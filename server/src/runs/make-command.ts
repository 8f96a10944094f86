import { resolvePath } from '../core/path.ts';
import { fill, type Filled, type References } from '../core/references.ts';
import type { Command, Parameter, Selection, Step } from '../core/step.ts';

/** What a pipeline, or an entry of it, sets for what it runs. */
export interface Layer {
  /** As written, with references. */
  readonly env: Readonly<Record<string, string>>;
  /** What its references may name. */
  readonly parameters: readonly Parameter[];
}

interface Refused {
  /** Why nothing can be made, in a sentence. */
  readonly refused: string;
}

/** Puts values in for the references of what is to be run. */
export class CommandMaker {
  readonly #given: ReadonlyMap<string, string>;
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(given: ReadonlyMap<string, string>, environment: Readonly<Record<string, string | undefined>>) {
    this.#given = given;
    this.#environment = environment;
  }

  /** The command as it is started, with the variables that the layers set, the innermost last. */
  make(step: Step, command: Command, layers: readonly Layer[]): Command | Refused {
    const parameters = step.parameters ?? [];
    const own = command.isTemplate ? this.#fillCommand(command, parameters) : command;
    if ('refused' in own) return own;
    const env: Record<string, string> = { ...(command.isTemplate ? {} : command.env) };
    // In its pipeline the layers say once more what the command says of itself.
    const itself = Object.entries(command.env ?? {}).filter(
      ([name]) => !layers.some(({ env: set }) => name in set),
    );
    const all = command.isTemplate ? [{ env: Object.fromEntries(itself), parameters }, ...layers] : layers;
    for (const layer of all) {
      // A value may refer to what stands above it and around it, not to itself: `PATH: /opt/bin:${PATH}`.
      const around = { ...this.#environment, ...env };
      for (const [name, written] of Object.entries(layer.env)) {
        const filled = fill(written, {
          ...this.#valuesOf(layer.parameters),
          variable: (each) => (each === name ? around[each] : (env[each] ?? around[each])),
        });
        if ('missing' in filled) return { refused: unset(filled.missing, `\`${name}\` of its \`env\``) };
        env[name] = filled.text;
      }
    }
    return Object.keys(env).length === 0 ? own : { ...own, env };
  }

  /** A selection as the entry of the innermost pipeline writes it. */
  select({ select, exclude }: Selection, layers: readonly Layer[]): Selection | Refused {
    const values = this.#valuesOf(layers.at(-1)?.parameters ?? []);
    const selected = fillAll(select, values);
    if ('missing' in selected) return { refused: unset(selected.missing, '`select`') };
    const excluded = fillAll(exclude, values);
    if ('missing' in excluded) return { refused: unset(excluded.missing, '`exclude`') };
    return { select: selected.texts, exclude: excluded.texts };
  }

  /** Options of a tool as the entry of the innermost pipeline writes them. */
  options(
    written: Readonly<Record<string, string>>,
    layers: readonly Layer[],
  ): { readonly values: ReadonlyMap<string, string> } | Refused {
    const values = this.#valuesOf(layers.at(-1)?.parameters ?? []);
    const names = Object.keys(written);
    const filled = fillAll(Object.values(written), values);
    if ('missing' in filled) return { refused: unset(filled.missing, '`with`') };
    return { values: new Map(names.map((name, at) => [name, filled.texts[at]!])) };
  }

  #fillCommand(command: Command, parameters: readonly Parameter[]): Command | Refused {
    const { executable, args, cwd, writes } = command;
    const filled = fillAll([executable.name, cwd, ...args, ...writes], this.#valuesOf(parameters));
    if ('missing' in filled) return { refused: unset(filled.missing, 'its command') };
    const [name = '', folder = '', ...rest] = filled.texts;
    return {
      ...command,
      executable: { ...executable, name },
      cwd: resolvePath('/', folder),
      args: rest.slice(0, args.length),
      writes: rest.slice(args.length).map((file) => resolvePath('/', file)),
    };
  }

  #valuesOf(parameters: readonly Parameter[]): References {
    return {
      parameter: (name) => {
        const known = parameters.find((each) => each.name === name);
        return known && (this.#given.get(name) ?? known.default);
      },
    };
  }
}

function fillAll(
  texts: readonly string[],
  references: References,
): { readonly texts: readonly string[] } | Extract<Filled, { readonly missing: string }> {
  const filled: string[] = [];
  for (const text of texts) {
    const each = fill(text, references);
    if ('missing' in each) return each;
    filled.push(each.text);
  }
  return { texts: filled };
}

function unset(written: string, where: string): string {
  return written.startsWith('${{')
    ? `\`${written}\` in ${where} has no value; declare the parameter, or give it one`
    : `\`${written}\` in ${where} is not set; set the variable, or write what else to take: \`${written.slice(0, -1)}:-…}\``;
}
