import type { Row } from './row.ts';

/** A row as a view has it: the same object for as long as it stands below the same one, whatever it says. */
export class ShownRow<Data> {
  readonly parent: ShownRow<Data> | undefined;
  /** As they were given last; undefined while nobody has looked into the row. */
  children: readonly ShownRow<Data>[] | undefined;
  /** That others stand below it was told, and nobody has looked there since. */
  isAwaited = false;
  #row: Row<Data>;
  #drawn: string | undefined;

  constructor(row: Row<Data>, parent: ShownRow<Data> | undefined) {
    this.#row = row;
    this.parent = parent;
  }

  get row(): Row<Data> {
    return this.#row;
  }

  /** Goes on to what the row says now; false where it is drawn as it was. */
  become(row: Row<Data>): boolean {
    if (row === this.#row) return false;
    const was = this.#drawn ?? drawn(this.#row);
    this.#row = row;
    this.#drawn = drawn(row);
    return this.#drawn !== was;
  }

  /** What a command is told of the row. */
  get data(): Data | undefined {
    return this.row.data;
  }
}

/**
 * The rows of a view from one state of what it shows to the next, so that only those are drawn again that say something
 * else: an editor fetches all that lies open below a row that is.
 */
export class ShownRows<Data> {
  readonly #roots: () => readonly Row<Data>[];
  /** Made ahead of being asked for. */
  #next: readonly Row<Data>[] | undefined;
  #shown: readonly ShownRow<Data>[] | undefined;

  constructor(roots: () => readonly Row<Data>[]) {
    this.#roots = roots;
  }

  /** The rows below one, or the outermost. */
  async children(parent?: ShownRow<Data>): Promise<readonly ShownRow<Data>[]> {
    if (!parent) {
      this.#shown = again(this.#shown, this.#next ?? this.#roots(), undefined);
      this.#next = undefined;
      return this.#shown;
    }
    const { children } = parent.row;
    parent.isAwaited = false;
    const rows = typeof children === 'function' ? await children() : children;
    return (parent.children = again(parent.children, rows ?? [], parent));
  }

  /** The rows that say something else now, or have others below them; undefined where all are to be drawn again. */
  refresh(): readonly ShownRow<Data>[] | undefined {
    const now = (this.#next = this.#roots());
    if (!this.#shown || !areTheSame(this.#shown, now)) return undefined;
    const changed: ShownRow<Data>[] = [];
    for (const [at, row] of now.entries()) update(this.#shown[at]!, row, changed);
    return changed;
  }
}

function again<Data>(
  before: readonly ShownRow<Data>[] | undefined,
  rows: readonly Row<Data>[],
  parent: ShownRow<Data> | undefined,
): readonly ShownRow<Data>[] {
  const known = new Map(before?.map((shown) => [shown.row.id, shown]));
  return rows.map((row) => {
    const shown = known.get(row.id);
    if (!shown) return new ShownRow(row, parent);
    shown.become(row);
    return shown;
  });
}

function update<Data>(shown: ShownRow<Data>, row: Row<Data>, changed: ShownRow<Data>[]): void {
  const isOther = shown.become(row);
  if (isOther) changed.push(shown);
  if (!shown.children || shown.isAwaited) return;
  const { children = [] } = row;
  // What is made when somebody asks may have changed unseen.
  const isStill = typeof children !== 'function' && areTheSame(shown.children, children);
  if (!isOther && isStill)
    return children.forEach((child, at) => update(shown.children![at]!, child, changed));
  // Who draws a row again looks below it, too.
  shown.isAwaited = true;
  if (!isOther) changed.push(shown);
}

function areTheSame<Data>(shown: readonly ShownRow<Data>[], rows: readonly Row<Data>[]): boolean {
  return shown.length === rows.length && shown.every(({ row }, at) => row.id === rows[at]!.id);
}

/** All that is drawn, said or done for a row alone. */
function drawn(row: Row): string {
  const { label, description, tooltip, icon, context, open, spoken, mark } = row;
  return JSON.stringify([label, description, tooltip, icon, context, open, spoken, mark, 'children' in row]);
}
