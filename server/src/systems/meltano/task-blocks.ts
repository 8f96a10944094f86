import type { FactReader } from '../../core/fact-index.ts';
import type { Definition } from '../../core/facts.ts';
import { namespaces } from './names.ts';
import { pluginTypes } from './plugin-types.ts';

/** What a block of a task is to `meltano run`; `unknown` where no file of the project says. */
export type BlockKind = 'extractor' | 'loader' | 'mapping' | 'mapper' | 'command' | 'unknown';

/** The namespaces that tell what blocks are. */
export const blockNamespaces: readonly string[] = [
  ...pluginTypes.map(({ namespace }) => namespace),
  namespaces.mapping,
];

/** What the blocks of a project's tasks are, whichever of its files says so. */
export class TaskBlocks {
  readonly #scope: string;
  readonly #facts: FactReader;
  readonly #kinds = new Map<string, BlockKind>();

  constructor(scope: string, facts: FactReader) {
    this.#scope = scope;
    this.#facts = facts;
  }

  kindOf(block: string): BlockKind {
    const name = pluginIn(block);
    let kind = this.#kinds.get(name);
    if (kind === undefined) this.#kinds.set(name, (kind = this.#find(name)));
    return kind;
  }

  /** In the order in which Meltano looks. */
  #find(name: string): BlockKind {
    const has = (namespace: string): boolean =>
      this.#facts.isDefined({ namespace, scope: this.#scope, name });
    for (const { namespace, what, key } of pluginTypes) {
      if (has(namespace))
        return what === 'extractor' || what === 'loader' || what === 'mapper' ? what : 'command';
      if (key === 'mappers' && has(namespaces.mapping)) return 'mapping';
    }
    return 'unknown';
  }
}

/** The blocks of a job, in the order of the run. */
export function blocksOf({ data }: Definition): readonly string[] {
  return (data?.['blocks'] ?? '').split(' ').filter((block) => block !== '');
}

/** What stands behind a colon Meltano ignores in the blocks of a load. */
export function pluginIn(block: string): string {
  return block.split(':', 1)[0]!;
}
