import { isObject, textOf, type JsonObject } from '../../core/json.ts';
import type { Reading } from '../../core/step.ts';
import type { LogLine } from './log-line.ts';

/** Reads what `meltano install` logs: a node for each plugin. */
export class InstallReader {
  readonly #started = new Set<string>();

  /** Undefined for a line that is not about an installation. */
  read(line: LogLine): readonly Reading[] | undefined {
    const state = line.record['install_state'];
    if (isObject(state) && state['status'] === 'error') return this.#failed(line, state);
    const found = /^(Installing|Updating|Installed|Updated|Skipped installing) ([a-z ]+) '([^']+)'/u.exec(
      line.event,
    );
    if (!found || line.plugin !== undefined) return undefined;
    const [, verb, what, plugin] = found;
    const node = plugin!;
    const text: Reading = { kind: 'text', text: line.event, level: line.level, node };
    if (verb === 'Installing' || verb === 'Updating') return [...this.#start(node, what!), text];
    const status = verb === 'Skipped installing' ? 'skipped' : 'succeeded';
    return [...this.#start(node, what!), text, { kind: 'node-ended', node, status }];
  }

  #start(node: string, what: string): readonly Reading[] {
    if (this.#started.has(node)) return [];
    this.#started.add(node);
    return [{ kind: 'node-started', node, title: node, what }];
  }

  #failed(line: LogLine, state: JsonObject): readonly Reading[] {
    const node = textOf(state['plugin_name']) ?? 'plugin';
    const details = (textOf(state['details']) ?? '').split('\n').filter((each) => each.trim() !== '');
    const texts = [line.event, ...details].map((text): Reading => ({
      kind: 'text',
      text,
      level: 'error',
      node,
    }));
    const message = [textOf(state['message']), details.at(-1)?.trim()].filter((each) => each).join(': ');
    return [
      ...this.#start(node, 'plugin'),
      ...texts,
      { kind: 'node-ended', node, status: 'failed', message },
    ];
  }
}
