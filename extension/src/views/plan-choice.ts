import * as vscode from 'vscode';
import { setContext } from '../contents.ts';
import { filterLabels, type PlanFilter, type PlanSelection } from './plan-filter.ts';
import type { PlanGrouping } from './plan-row-data.ts';

const groupingKey = 'penstock.planGrouping';
const filterKey = 'penstock.planFilter';
const ownerKey = 'penstock.planOwner';

/** How the Plan view is grouped, and which tasks it shows; remembered per workspace, but for what is searched for. */
export class PlanChoice implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  #search = '';

  readonly onChanged = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    void this.#tell();
  }

  get grouping(): PlanGrouping {
    const kept = this.#memory.get(groupingKey);
    return kept === 'priority' || kept === 'status' ? kept : 'section';
  }

  get selection(): PlanSelection {
    const kept = this.#memory.get(filterKey);
    const filter =
      typeof kept === 'string' && Object.hasOwn(filterLabels, kept) ? (kept as PlanFilter) : 'all';
    const owner = this.#memory.get(ownerKey);
    return { filter, search: this.#search, owner: typeof owner === 'string' ? owner : '' };
  }

  async group(grouping: PlanGrouping): Promise<void> {
    await this.#memory.update(groupingKey, grouping);
    this.#changed.fire();
  }

  async filter(filter: PlanFilter, owner?: string): Promise<void> {
    await this.#memory.update(filterKey, filter);
    if (owner !== undefined) await this.#memory.update(ownerKey, owner);
    await this.#tell();
  }

  async search(words: string): Promise<void> {
    this.#search = words;
    await this.#tell();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #tell(): Promise<void> {
    this.#changed.fire();
    const { filter, search } = this.selection;
    await setContext('penstock.planFiltered', filter !== 'all' || search.trim() !== '');
  }
}
