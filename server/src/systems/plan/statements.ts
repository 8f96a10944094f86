import type { Criterion, PlanNote, ReadinessClaim, Risk } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import {
  isPlain,
  readColumns,
  readShare,
  type BlockerColumns,
  type ReadinessColumns,
  type RiskColumns,
  type TableRole,
  type TaskColumns,
} from './columns.ts';
import type { EntryMemory } from './entry-memory.ts';
import { flat } from './flat.ts';
import type { Cell, ListBlock, PlainText, Row, TableBlock } from './markdown.ts';
import { isOver, saysOver } from './over.ts';
import { isTotal, weighRows } from './row-weights.ts';
import type { RawSection } from './sections.ts';
import { strikeOf } from './struck.ts';
import { mayHoldWork, topicOfList } from './topics.ts';
import { isNothing, readStatus, withoutDecoration, type Legend } from './vocabulary.ts';

/** Collects what a plan says beside its items, and what each table is. */
export class StatementReader {
  readonly criteria: Criterion[] = [];
  readonly blockers: PlanNote[] = [];
  readonly risks: Risk[] = [];
  readonly taskTables: TableBlock[] = [];
  /** Whether one of them is a list of work by its header, and not only a table of things and how they are. */
  hasWorkTables = false;
  /** The row of a readiness table that sums it up. */
  total: { readonly value: number; readonly span: Span } | undefined;
  readonly #text: string;
  readonly #legend: Legend;
  readonly #readiness: ReadinessClaim[] = [];
  #readinessTables = 0;
  readonly #roles = new Map<TableBlock, TableRole>();

  readonly #memory: EntryMemory | undefined;

  readonly #isNamedForWork: boolean;

  /** `text` is that of the document. */
  constructor(
    text: string,
    legend: Legend,
    {
      isNamedForWork,
      memory,
    }: { readonly isNamedForWork: boolean; readonly memory: EntryMemory | undefined },
  ) {
    this.#text = text;
    this.#legend = legend;
    this.#isNamedForWork = isNamedForWork;
    this.#memory = memory;
  }

  roleOf(table: TableBlock): TableRole {
    return this.#roles.get(table) ?? { role: 'other' };
  }

  /** Which of several tables a total sums up cannot be told. */
  claims(): readonly ReadinessClaim[] {
    if (this.#readinessTables <= 1) return this.#readiness;
    return this.#readiness.map((claim) => ({ ...claim, weight: 0 }));
  }

  read(section: RawSection): void {
    if (section.topic === 'legend') return;
    for (const block of section.blocks) {
      if (block.kind === 'table') this.#table(block, section);
      else if (block.kind === 'list') this.#list(block, section);
    }
  }

  #table(table: TableBlock, section: RawSection): void {
    const read = (): TableRole => readColumns(table, section.title, this.#legend);
    const role = this.#memory?.ofBlock(table, `role ${section.title}`, read) ?? read();
    if (role.role === 'tasks' && !this.#isWork(role, section)) return;
    if (role.role === 'tasks' && section.topic === 'state' && !this.#saysHow(table, role)) return;
    this.#roles.set(table, role);
    if (role.role === 'tasks' && (tellsWork(role) || !isPlain(role))) {
      this.taskTables.push(table);
      if (tellsWork(role)) this.hasWorkTables = true;
    }
    if (role.role === 'readiness') this.#claimsOf(table, role);
    else if (role.role === 'risks') for (const row of table.rows) this.#risk(row, role);
    else if (role.role === 'blockers' && section.topic !== 'other')
      for (const row of table.rows) this.#blocker(row, role);
  }

  /** True for what is a list of work by its header, by what stands in it, or by what the document is called. */
  #isWork(role: TaskColumns, { topic }: RawSection): boolean {
    if (tellsWork(role)) return true;
    if (!mayHoldWork(topic)) return false;
    return !isPlain(role) || (this.#isNamedForWork && topic !== 'state');
  }

  /** False for a table of how things are ('State' over versions and licences) where most cells say no status. */
  #saysHow({ rows }: TableBlock, { status, isTicked, isRich }: TaskColumns): boolean {
    if (isTicked || isRich) return true;
    const said = rows.map(({ cells }) => cells[status]?.text.trim() ?? '').filter((text) => text !== '');
    const told = said.filter((text) => readStatus(text, this.#legend).status !== 'unknown');
    return told.length * 2 >= said.length;
  }

  #claimsOf(table: TableBlock, columns: ReadinessColumns): void {
    this.#readinessTables++;
    const weightOf = weighRows(table, columns);
    for (const row of table.rows) {
      const { cells, span } = row;
      const category = withoutDecoration(cells[columns.category]?.text ?? '');
      const claimed = readShare(cells[columns.claimed]?.text ?? '');
      if (category === '' || claimed === undefined) continue;
      const weight = weightOf(row);
      if (isTotal(category)) {
        this.total = { value: claimed, span: cells[columns.claimed]!.span };
        continue;
      }
      const statusText = columns.status === undefined ? '' : (cells[columns.status]?.text ?? '');
      this.#readiness.push({
        category,
        status: readStatus(statusText, this.#legend).status,
        statusText,
        claimed,
        ...(weight === undefined ? {} : { weight }),
        next: textAt(cells, columns.next),
        span,
      });
    }
  }

  #blocker(row: Row, columns: BlockerColumns): void {
    if (!this.#isRowOver(row, columns)) this.#note(this.blockers, row.cells[columns.text], row.span);
  }

  #risk(row: Row, columns: RiskColumns): void {
    const { cells, span } = row;
    const text = withoutDecoration(cells[columns.text]?.text ?? '');
    if (isNone(text) || this.#isRowOver(row, columns)) return;
    this.risks.push({
      text,
      impact: textAt(cells, columns.impact),
      probability: textAt(cells, columns.probability),
      mitigation: textAt(cells, columns.mitigation),
      span,
    });
  }

  #list(list: ListBlock, section: RawSection): void {
    const topic = topicOfList(section, list);
    if (topic !== 'criteria' && topic !== 'blockers' && topic !== 'risks') return;
    for (const entry of list.entries) {
      const done = /x/i.test(entry.box?.mark ?? '');
      if (topic === 'criteria' && entry.box) {
        if (done || !this.#isStruck(entry))
          this.criteria.push({ text: flat(entry.text), done, span: entry.span, markSpan: entry.box.span });
      } else if (entry.depth === 0 && !done && !ofAnother.test(entry.text) && !this.#isOver(entry)) {
        if (topic === 'blockers') this.#note(this.blockers, entry, entry.span);
        else if (topic === 'risks' && !isNone(flat(entry.text))) {
          this.risks.push({
            text: withoutDecoration(flat(entry.text)),
            impact: undefined,
            probability: undefined,
            mitigation: undefined,
            span: entry.span,
          });
        }
      }
    }
  }

  #isRowOver({ cells }: Row, { text, status }: BlockerColumns | RiskColumns): boolean {
    const [written, said] = [cells[text], status === undefined ? undefined : cells[status]];
    return (written !== undefined && this.#isOver(written)) || saysOver(said?.text ?? '', this.#legend);
  }

  #isOver(written: PlainText): boolean {
    return isOver(flat(written.text), this.#legend) || this.#isStruck(written);
  }

  /** Who strikes out a criterion drops it. */
  #isStruck({ span }: PlainText): boolean {
    return strikeOf(this.#text, span) !== undefined;
  }

  #note(notes: PlanNote[], written: PlainText | undefined, span: Span): void {
    const text = withoutDecoration(flat(written?.text ?? ''));
    if (!isNone(text)) notes.push({ text, span });
  }
}

/** True for what says that there is none: 'None at the moment', 'No known blockers'; 'No access to the till' is one. */
function isNone(text: string): boolean {
  return (
    isNothing(text) ||
    /^(?:no|none(?:\b.{0,40})?|no(?: [\w-]+){0,3} (?:blockers?|impediments?|obstacles?|issues?|problems?|risks?)\b.{0,40})[.!]?$/i.test(
      text,
    )
  );
}

/** What stands below a blocker or a risk and says more of it is none by itself: 'Effort: two days', 'Mitigation: a copy'. */
const ofAnother =
  /^(?:impact|severity|likelihood|probability|mitigations?|action|effort|estimate|owner|status|fix|workaround|resolution|fallback|rollback(?: plan)?|contingency)\s*:\s/i;

function tellsWork({ isAboutWork, isRich }: TaskColumns): boolean {
  return isAboutWork || isRich;
}

function textAt(cells: readonly Cell[], column: number | undefined): string | undefined {
  const text = column === undefined ? '' : (cells[column]?.text ?? '');
  return isNothing(text) ? undefined : text;
}
