import { ageText } from '../../../server/src/core/duration.ts';
import type { Cost } from '../../../server/src/core/evidence.ts';
import type { Range } from '../../../server/src/core/span.ts';
import type {
  CategoryAnswer,
  CheckAnswer,
  ItemEvidenceAnswer,
  ReadinessAnswer,
  TrendAnswer,
  WaiverAnswer,
} from '../../../server/src/protocol/readiness-requests.ts';
import type { PlanAnswer } from '../../../server/src/protocol/requests.ts';
import type {
  CategoryView,
  CheckView,
  ItemView,
  NoteView,
  ReadinessView,
  RiskView,
  WaiverView,
} from '../../../webviews/readiness/protocol.ts';
import { statusLooks } from '../views/plan-row-data.ts';
import { count } from '../views/row.ts';
import { nextItems } from './next-items.ts';
import { figuresOf } from './readiness-figures.ts';

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** A task that a row stands for. */
export interface ItemPlace {
  readonly uri: string;
  readonly item: string;
}

/** What the page shows, and what its rows lead to; the page knows places by their names alone. */
export interface ShownReadiness {
  readonly view: ReadinessView;
  readonly places: ReadonlyMap<string, Place>;
  readonly items: ReadonlyMap<string, ItemPlace>;
}

export interface KnownReadiness {
  readonly title: string;
  readonly answer: ReadinessAnswer;
  readonly plans: readonly PlanAnswer[];
  readonly trusted: boolean;
}

/** More is told by the plan itself. */
const mostNext = 5;
const lineStart = (line: number): Range => ({ start: { line, character: 0 }, end: { line, character: 0 } });

/** Puts claims, evidence and what to do next into words and rows. */
export function readinessViewOf(known: KnownReadiness): ShownReadiness {
  return new Builder(known).build();
}

/** 'Not ready: 2 P0 tasks open, 1 ticked but failing, 68 % claimed, 54 % proven'. */
function sentenceOf(
  { verdict, total }: ReadinessAnswer,
  plans: readonly PlanAnswer[],
  categories: readonly CategoryAnswer[],
): string {
  const claimed = claimedOf(plans, categories);
  const parts = [
    `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`,
    ...(claimed === undefined ? [] : [`${claimed} % claimed`]),
    ...(total.proven === undefined ? [] : [`${total.proven} % proven`]),
  ];
  return parts.join(', ');
}

/** What the plans claim overall; where they say nothing, what their categories average. */
function claimedOf(plans: readonly PlanAnswer[], categories: readonly CategoryAnswer[]): number | undefined {
  const said = plans.flatMap(({ claimedOverall }) => claimedOverall ?? []);
  const all = said.length > 0 ? said : categories.flatMap(({ claimed }) => claimed ?? []);
  return all.length === 0 ? undefined : Math.round(all.reduce((sum, each) => sum + each, 0) / all.length);
}

class Builder {
  readonly #known: KnownReadiness;
  readonly #places = new Map<string, Place>();
  readonly #items = new Map<string, ItemPlace>();

  constructor(known: KnownReadiness) {
    this.#known = known;
  }

  build(): ShownReadiness {
    const { title, answer, plans, trusted } = this.#known;
    const { state, takenMs, total, categories, checks, waivers } = answer;
    const claimed = claimedOf(plans, categories);
    const costly = costlyWords(checks);
    const view: ReadinessView = {
      title,
      state,
      sentence: sentenceOf(answer, plans, categories),
      takenMs,
      ...(claimed === undefined ? {} : { claimed }),
      ...(total.proven === undefined ? {} : { proven: total.proven }),
      counts: total.counts,
      categories: categories.map((each) => this.#category(each)),
      checks: checks.map((each) => this.#check(each)),
      next: this.#next(),
      contradictions: this.#contradictions(),
      blockers: plans.flatMap(({ uri, blockers }) => blockers.map((each) => this.#note(uri, each))),
      risks: plans.flatMap(({ uri, risks }) => risks.map((each) => this.#risk(uri, each))),
      waivers: waivers.map((each) => this.#waiver(each)),
      trend: answer.trend?.points ?? [],
      moved: answer.trend?.moved ?? [],
      atRisk: (answer.trend?.atRisk ?? []).map((risk) => riskText(risk, takenMs)),
      ...(costly === undefined ? {} : { costly }),
      trusted,
      hasFigures: figuresOf(answer, plans).length > 0,
      lacks: [
        ...(plans.length === 0 ? ['plan' as const] : []),
        ...(checks.some(({ uri }) => uri !== undefined) ? [] : ['checks' as const]),
      ],
    };
    return { view, places: this.#places, items: this.#items };
  }

  /** Gives a place the name that the page knows it by. */
  #place(place: Place): string {
    const name = String(this.#places.size);
    this.#places.set(name, place);
    return name;
  }

  #category({ category, claimed, proven, counts, level, needs, checks }: CategoryAnswer): CategoryView {
    const { answer, plans } = this.#known;
    const own = answer.checks.filter(({ id }) => checks.includes(id));
    // What nobody knows is no evidence, however lately it was looked for.
    const seen = own.filter(({ state }) => state !== 'unknown');
    const ages = seen.flatMap(({ sinceMs, checkedMs }) => sinceMs ?? checkedMs ?? []);
    const [said] = plans.flatMap(({ uri, readiness }) =>
      readiness.filter((each) => each.category === category).map(({ line }) => ({ uri, line })),
    );
    const passed = counts.passed + counts.warning;
    return {
      name: category,
      ...(said ? { place: this.#place({ uri: said.uri, range: lineStart(said.line) }) } : {}),
      ...(claimed === undefined ? {} : { claimed }),
      ...(proven === undefined ? {} : { proven }),
      counts,
      passed,
      counting: passed + counts.failed + counts.stale + counts.unknown,
      level,
      needs,
      checks,
      ...(ages.length === 0 ? {} : { oldestMs: Math.min(...ages) }),
    };
  }

  #check(check: CheckAnswer): CheckView {
    const { id, title, state, cost, expected, seen, weight, categories } = check;
    const { uri, range, whereUri, waiver } = check;
    return {
      id,
      title,
      state,
      cost,
      expected,
      seen,
      weight,
      categories,
      items: this.#titlesOf(check.items),
      ...optional(check, ['without', 'where', 'sinceMs', 'checkedMs', 'next']),
      ...(uri !== undefined && range ? { place: this.#place({ uri, range }) } : {}),
      ...(whereUri === undefined ? {} : { wherePlace: this.#place({ uri: whereUri, range: lineStart(0) }) }),
      ...(waiver ? { waiver: this.#waiver(waiver) } : {}),
    };
  }

  #titlesOf(ids: readonly string[]): readonly string[] {
    const titles = new Map(this.#known.answer.items.map(({ id, title }) => [id, title]));
    return ids.map((id) => titles.get(id) ?? id);
  }

  #next(): readonly ItemView[] {
    const { answer, plans } = this.#known;
    return nextItems(plans, answer.items, mostNext).map(({ uri, item, why }) => {
      const { id, title, status, priority, effort, group, range } = item;
      return {
        id: this.#item(uri, id),
        title,
        place: this.#place({ uri, range }),
        status: statusLooks[status].label,
        ...(priority === undefined ? {} : { priority }),
        ...(effort === undefined ? {} : { effort }),
        ...(group === '' ? {} : { group }),
        why,
        kind: 'task',
        checks: answer.items.find((each) => each.uri === uri && each.id === id)?.checks ?? [],
      };
    });
  }

  #contradictions(): readonly ItemView[] {
    const { answer } = this.#known;
    const differing = answer.items.filter(
      ({ standing }) => standing === 'ticked-but-failing' || standing === 'open-but-proven',
    );
    const isFailing = ({ standing }: ItemEvidenceAnswer): number => Number(standing !== 'ticked-but-failing');
    return differing
      .toSorted((a, b) => isFailing(a) - isFailing(b))
      .map((item) => ({
        id: this.#item(item.uri, item.id),
        title: item.title,
        place: this.#place(item),
        status: statusLooks[item.status].label,
        ...(item.priority === undefined ? {} : { priority: item.priority }),
        standing: item.standing === 'ticked-but-failing' ? item.standing : 'open-but-proven',
        why: [this.#differs(item)],
        kind: item.kind,
        checks: item.checks,
      }));
  }

  #differs({ standing, checks, status }: ItemEvidenceAnswer): string {
    const { answer } = this.#known;
    const said = statusLooks[status].label.toLowerCase();
    if (standing === 'open-but-proven') return `${said}, but everything that would prove it passed`;
    const failed = answer.checks.filter(({ id, state }) => checks.includes(id) && state === 'failed');
    return `${said}, but ${failed.map(({ id }) => `\`${id}\``).join(', ')} failed`;
  }

  #item(uri: string, item: string): string {
    const name = `${uri}#${item}`;
    this.#items.set(name, { uri, item });
    return name;
  }

  #note(uri: string, { text, line }: { readonly text: string; readonly line: number }): NoteView {
    return { text, place: this.#place({ uri, range: lineStart(line) }) };
  }

  #risk(uri: string, risk: PlanAnswer['risks'][number]): RiskView {
    const impactLevel = levelOf(risk.impact);
    const probabilityLevel = levelOf(risk.probability);
    return {
      ...this.#note(uri, risk),
      ...optional(risk, ['impact', 'probability', 'mitigation']),
      ...(impactLevel === undefined ? {} : { impactLevel }),
      ...(probabilityLevel === undefined ? {} : { probabilityLevel }),
    };
  }

  #waiver({ check, reason, by, until, uri, range }: WaiverAnswer): WaiverView {
    return {
      check,
      reason,
      ...(by === undefined ? {} : { by }),
      ...(until === undefined ? {} : { until, daysLeft: daysUntil(until, this.#known.answer.takenMs) }),
      place: this.#place({ uri, range }),
    };
  }
}

/** 'check `exports` got worse 2 days ago'. */
function riskText({ check, why, sinceMs, until }: TrendAnswer['atRisk'][number], nowMs: number): string {
  if (why === 'waiver-ends') return `The waiver of \`${check}\` ends on ${until ?? 'a day nobody knows'}`;
  if (sinceMs === undefined) return `\`${check}\` got worse`;
  const ageMs = nowMs - sinceMs;
  return `\`${check}\` got worse ${ageMs < 60_000 ? 'just now' : `${ageText(ageMs)} ago`}`;
}

/** What asking for everything would do besides reading. */
function costlyWords(checks: readonly CheckAnswer[]): string | undefined {
  const having = (cost: Cost): number => checks.filter((check) => check.cost === cost).length;
  const [network, command] = [having('network'), having('command')];
  const parts = [
    ...(network === 0 ? [] : [`connects to ${count(network, 'service')}`]),
    ...(command === 0 ? [] : [`starts ${count(command, 'program')}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** From 0, low, to 2, high. */
export function levelOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const plain = word.replace(/[*_`]/g, '').trim();
  if (/^(?:very |extremely )?(?:low|minor|small|unlikely|rare|negligible)\b/i.test(plain)) return 0;
  if (/^(?:medium|moderate|mid|possible|normal)\b/i.test(plain)) return 1;
  if (/^(?:very |extremely )?(?:high|major|large|likely|critical|severe|certain|catastrophic)\b/i.test(plain))
    return 2;
  const percent = /^(\d+) ?%$/.exec(plain)?.[1];
  return percent === undefined ? undefined : Math.min(2, Math.floor(Number(percent) / 33.4));
}

/** Whole days from today to that day, as the clock on the wall says. */
function daysUntil(day: string, nowMs: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const now = new Date(nowMs);
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.UTC(year, month - 1, date) - today) / 86_400_000);
}

function optional<T extends object, Key extends keyof T>(
  from: T,
  keys: readonly Key[],
): Partial<Pick<T, Key>> {
  const taken: Partial<Pick<T, Key>> = {};
  for (const key of keys) if (from[key] !== undefined) taken[key] = from[key];
  return taken;
}
