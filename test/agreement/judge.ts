import { type Kind, type Place, type Prepared, type Suite, prepare } from './kind.ts';
import type { Answer, Oracle } from './oracles/answer.ts';
import { report, type Reported } from './penstock.ts';

/**
 * What came of a kind under one version of a tool:
 * `caught`: the tool refuses it, and Penstock reports an error there, or less than an error where the kind says why;
 * `misplaced`: it does, elsewhere; `missed`: it does not; `beyond`: it does not, for the reason the kind gives;
 * `agreed`: the tool accepts it, and Penstock reports no error;
 * `earlier`: this one has not got so far, and Penstock reports the error already;
 * `stricter`: this one lets a defect pass that another refuses, and Penstock reports an error;
 * `false alarm`: the tool accepts it, it is no defect, and Penstock reports an error.
 */
export type Outcome =
  'caught' | 'misplaced' | 'missed' | 'beyond' | 'agreed' | 'earlier' | 'stricter' | 'false alarm';

export interface Judgement {
  readonly kind: Kind;
  readonly prepared: Prepared;
  readonly answer: Answer;
  readonly outcome: Outcome;
  readonly findings: readonly Reported[];
  /** The findings that are about the defect: errors where dbt refuses, and any at its places. */
  readonly relevant: readonly Reported[];
}

export interface JudgedGroup {
  readonly title: string;
  readonly judgements: readonly Judgement[];
}

/** Puts every kind before an oracle and before Penstock. */
export async function judgeAll(oracle: Oracle, suite: Suite): Promise<readonly JudgedGroup[]> {
  const kinds = suite.groups.flatMap((group) => group.kinds);
  const prepared = new Map(kinds.map((kind) => [kind, prepare(kind, suite.base)]));
  const answers = new Map<string, Answer>();
  await oracle.ask(
    [...prepared].map(([kind, { files }]) => ({
      id: kind.id,
      files,
      env: kind.options.env ?? {},
      command: suite.command(kind),
    })),
    (id, answer) => answers.set(id, answer),
  );
  const groups: JudgedGroup[] = [];
  for (const { title, kinds: ofGroup } of suite.groups) {
    const judgements: Judgement[] = [];
    for (const kind of ofGroup)
      judgements.push(await judge(kind, prepared.get(kind)!, answers.get(kind.id)!, oracle));
    groups.push({ title, judgements });
  }
  return groups;
}

async function judge(kind: Kind, prepared: Prepared, answer: Answer, oracle: Oracle): Promise<Judgement> {
  const findings = await report(prepared.files, oracle.version, Object.keys(kind.options.env ?? {}));
  const errors = findings.filter(({ severity }) => severity === 'error');
  const marked = prepared.places.length > 0 ? prepared.places : answer.places;
  // Where nobody says where, anywhere will do.
  const here = (found: Reported): boolean =>
    marked.length === 0 || [...marked, ...answer.places].some((place) => isAt(found, place));
  const base = { kind, prepared, answer, findings };
  if (answer.verdict !== 'refused') {
    const outcome = errors.length === 0 ? 'agreed' : beyondAnswer(kind, oracle);
    return {
      ...base,
      outcome,
      relevant: errors.length > 0 ? errors : marked.length > 0 ? findings.filter(here) : [],
    };
  }
  const isEnough = (found: Reported): boolean =>
    found.severity === 'error' || kind.options.depends !== undefined;
  const atPlace = findings.filter((found) => isEnough(found) && here(found));
  if (atPlace.length > 0) return { ...base, outcome: 'caught', relevant: atPlace };
  if (kind.options.beyond?.[oracle.id] !== undefined)
    return { ...base, outcome: 'beyond', relevant: findings.filter(here) };
  return { ...base, outcome: errors.length > 0 ? 'misplaced' : 'missed', relevant: errors };
}

/** What an error is worth that this dbt does not have. v2 is asked to parse alone, without a warehouse. */
function beyondAnswer(kind: Kind, oracle: Oracle): Outcome {
  if (kind.sort === 'odd') return 'false alarm';
  return kind.options.found !== undefined && oracle.id === 'v2' ? 'earlier' : 'stricter';
}

function isAt(found: Reported, place: Place): boolean {
  return found.file === place.file && (place.line === undefined || found.line === place.line);
}
