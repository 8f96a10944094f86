import { byPlace, createReporter } from './check-file.ts';
import type { Fact, Located } from './facts.ts';
import type { FileState } from './file-state.ts';
import type { Finding } from './finding.ts';

/** What the world around a file tells when somebody asks for its findings. */
export interface FindingsAsked {
  /** From facts. */
  readonly names: readonly Finding[];
  readonly facts: () => readonly Located<Fact>[];
  /** Of what it tells the tools of steps. */
  readonly told: () => readonly Finding[];
  readonly isTracked: () => boolean;
  /** Milliseconds since 1970; undefined where nobody tells the time. */
  readonly nowMs: number | undefined;
  readonly onRuleError: (rule: string, error: unknown) => void;
}

/** What is wrong in a file, by place: what was found of it alone and of its names, and what only the day or the steps that it names show. */
export function findingsOf(state: FileState, asked: FindingsAsked): readonly Finding[] {
  const { names } = asked;
  const known = names.length === 0 ? state.findings : [...state.findings, ...names].sort(byPlace);
  const late = [...datedFindings(state, asked), ...toldFindings(asked)];
  const all = late.length === 0 ? known : [...known, ...late].sort(byPlace);
  // Most files have none, and whose they are costs something to tell after a warm start.
  if (all.length === 0) return all;
  const { system } = state;
  const mustBeTracked = all.some(({ onlyTracked }) => onlyTracked) && !asked.isTracked();
  const counting = mustBeTracked ? all.filter(({ onlyTracked }) => onlyTracked !== true) : all;
  return system.tempered ? counting.map((each) => system.tempered!(each, state)) : counting;
}

const none: readonly Finding[] = [];

/** Nothing of it is kept: tomorrow it may be another. */
function datedFindings(state: FileState, { nowMs, facts, onRuleError }: FindingsAsked): readonly Finding[] {
  // Told by what was kept, as whose a file is costs something after a warm start.
  if (nowMs === undefined || !state.isDated) return none;
  const rules = state.system.datedRules;
  if (!rules) return none;
  const found: Finding[] = [];
  const reportOf = createReporter(found);
  for (const rule of rules) {
    try {
      rule.check(facts(), nowMs, reportOf(rule));
    } catch (error) {
      onRuleError(rule.id, error);
    }
  }
  return found;
}

/** Nothing of it is kept: what steps take hangs on names of other projects. */
function toldFindings({ told, onRuleError }: FindingsAsked): readonly Finding[] {
  try {
    return told();
  } catch (error) {
    onRuleError('options of steps', error);
    return none;
  }
}
