import type { Finding, Severity } from './finding.ts';
import type { Report, Rule } from './rule.ts';
import { Silence } from './silence.ts';
import type { ParsedFile, System } from './system.ts';

/** Told of a rule that threw; the others go on. */
export type OnRuleError = (rule: string, error: unknown) => void;

/** The findings of one file from itself alone: what its parser could not read, then its system's rules. */
export function checkFile(
  file: ParsedFile,
  system: Pick<System, 'rules' | 'narrowed'>,
  onError: OnRuleError,
): readonly Finding[] {
  const problems = file.problems.map((problem): Finding => ({
    code: problem.code,
    severity: problem.severity ?? 'error',
    span: problem.span,
    message: problem.message,
  }));
  const silence = Silence.of(file);
  const found = silence
    ? checkEdited(file, system, { silence, onError })
    : ask(system.rules, file, onError).findings;
  return eachOnce([...problems, ...found].sort(byPlace));
}

/** What an alias brings to several places is found wrong in each of them, and told once. */
function eachOnce(sorted: readonly Finding[]): readonly Finding[] {
  const once: Finding[] = [];
  for (const finding of sorted) {
    let at = once.length - 1;
    while (at >= 0 && isAtOneStart(once[at]!, finding) && !isAlike(once[at]!, finding)) at--;
    if (at < 0 || !isAtOneStart(once[at]!, finding)) once.push(finding);
  }
  return once;
}

function isAtOneStart({ span: a }: Finding, { span: b }: Finding): boolean {
  return a.start === b.start;
}

function isAlike(a: Finding, b: Finding): boolean {
  return a.code === b.code && a.message === b.message && a.span.end === b.span.end;
}

/** What is the same as when nothing was found in it is not looked at again. */
function checkEdited(
  file: ParsedFile,
  { rules, narrowed }: Pick<System, 'rules' | 'narrowed'>,
  { silence, onError }: { readonly silence: Silence; readonly onError: OnRuleError },
): readonly Finding[] {
  const found: (readonly Finding[])[] = [];
  const local = narrowed ? rules.filter(({ isLocal }) => isLocal) : [];
  if (narrowed && local.length > 0) {
    const [items, narrow] = silence.narrow(file, narrowed);
    const { findings, isWhole } = ask(local, narrow, onError);
    found.push(findings);
    if (isWhole) silence.keepItems(items, findings);
  }
  for (const rule of rules) {
    if (local.includes(rule)) continue;
    const rests = rule.restsOn?.(file);
    if (rests && silence.isKept(rule, rests)) continue;
    const { findings, isWhole } = ask([rule], file, onError);
    found.push(findings);
    silence.keepRule(rule, isWhole && findings.length === 0 ? rests : undefined);
  }
  return found.flat();
}

/** What rules find; `isWhole` is false where one of them threw. */
function ask(
  rules: readonly Rule[],
  file: ParsedFile,
  onError: OnRuleError,
): { readonly findings: readonly Finding[]; readonly isWhole: boolean } {
  const findings: Finding[] = [];
  const reportOf = createReporter(findings);
  let isWhole = true;
  for (const rule of rules) {
    try {
      rule.check(file, reportOf(rule));
    } catch (error) {
      onError(rule.id, error);
      isWhole = false;
    }
  }
  return { findings, isWhole };
}

/**
 * Gives each rule its report, which adds to `findings`. Rules run one after the other and most of them have nothing
 * to say, so one report serves them all: it speaks for the rule that was asked last.
 */
export function createReporter(
  findings: Finding[],
): (rule: { readonly id: string; readonly severity: Severity }) => Report {
  let [id, ownSeverity]: [string, Severity] = ['', 'error'];
  const report: Report = (at, message, more = {}) => {
    const { code = id, severity = ownSeverity, ...rest } = more;
    findings.push({ code, severity, span: 'span' in at ? at.span : at, message, ...rest });
  };
  return (rule) => {
    id = rule.id;
    ownSeverity = rule.severity;
    return report;
  };
}

export function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
