import type { Check, Judgement, Probe } from '../core/evidence.ts';
import { emptyVariable, environmentNamespace } from '../core/environment.ts';
import type { Definition } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { ProjectState } from './snapshot.ts';

/** Answers what facts and findings tell at once; undefined for what has to be looked at elsewhere. */
export function judgeByFacts(
  { probe, folder, wrong, location }: Check,
  platform: Platform,
  projects: readonly ProjectState[],
): Judgement | undefined {
  if (wrong)
    return {
      state: 'unknown',
      expected: 'an entry that can be read',
      ...wrong,
      ...(location ? { where: location.path } : {}),
    };
  switch (probe.kind) {
    case 'valid':
      return judgeValid(probe, projects);
    case 'defined':
      return judgeDefined(probe, platform);
    case 'env':
      return judgeVariables(probe.names, platform);
    case 'check':
      return judgeUnbound(probe, folder);
    case 'file':
    case 'artifact':
    case 'database':
    case 'query':
    case 'ran':
    case 'port':
    case 'http':
    case 'hello':
    case 'command':
      return undefined;
  }
}

type Asked<Kind extends Probe['kind']> = Extract<Probe, { readonly kind: Kind }>;

function judgeValid({ system, project }: Asked<'valid'>, projects: readonly ProjectState[]): Judgement {
  const expected = 'no error in the configuration';
  const meant = projects.filter(
    (each) => each.system === system && (project === undefined || each.root === project),
  );
  if (meant.length === 0)
    return { state: 'not-applicable', expected, seen: `there is no project of \`${system}\` here` };
  const errors = meant.reduce((sum, each) => sum + each.errors, 0);
  const warnings = meant.reduce((sum, each) => sum + each.warnings, 0);
  const where = meant.length === 1 ? { where: meant[0]!.root } : {};
  const seen = `${counted(errors, 'error')}${warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`}`;
  if (errors > 0)
    return {
      state: 'failed',
      expected,
      seen,
      ...where,
      next: '`penstock check` shows the errors; mend them',
    };
  return { state: 'passed', expected, seen, ...where };
}

function judgeDefined({ what, name, atLeast }: Asked<'defined'>, { systems, facts }: Platform): Judgement {
  const named = name === undefined ? '' : ` named \`${name}\``;
  const expected = `at least ${counted(atLeast, what)}${named}`;
  const pattern = name === undefined ? undefined : globOf(name);
  const found = new Set<string>();
  let isKind = false;
  for (const { namespace } of systems.flatMap((system) => system.names)) {
    for (const definition of facts.all(namespace)) {
      if (definition.what !== what) continue;
      isKind = true;
      if (!pattern || pattern.test(definition.name)) found.add(`${definition.scope} ${definition.name}`);
    }
  }
  const names = [...found].map((each) => each.slice(each.indexOf(' ') + 1)).sort();
  const shown = names.slice(0, 5).map((each) => `\`${each}\``);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  const seen = names.length === 0 ? 'none' : `${names.length}: ${shown.join(', ')}${more}`;
  if (names.length >= atLeast) return { state: 'passed', expected, seen };
  const next = isKind
    ? `define ${atLeast - names.length} more`
    : `define one, or correct the kind: nothing here is called \`${what}\``;
  return { state: 'failed', expected, seen, next };
}

function judgeVariables(names: readonly string[], { facts, isSet, isEmpty }: Platform): Judgement {
  const expected = `${names.map((name) => `\`${name}\``).join(', ')} set`;
  const definitionsOf = (name: string): readonly Definition[] =>
    facts.definitions({ namespace: environmentNamespace, scope: '', name });
  // Whatever files set, a variable of the environment goes first.
  const missing = names.filter((name) =>
    isSet(name)
      ? isEmpty(name)
      : definitionsOf(name).every(({ data }) => data?.[emptyVariable] !== undefined),
  );
  if (missing.length === 0)
    return { state: 'passed', expected, seen: names.length === 1 ? 'it is set' : 'all are set' };
  const seenOf = (name: string): string =>
    isEmpty(name) ? 'empty in the environment' : definitionsOf(name).length > 0 ? 'empty' : 'not set';
  const them = missing.length === 1 ? 'it' : 'them';
  const where = missing.some(isEmpty) ? 'in the environment' : 'in the environment or in `.env`';
  return {
    state: 'failed',
    expected,
    seen: missing.map((name) => `\`${name}\` ${seenOf(name)}`).join(', '),
    next: `set ${them} ${where}`,
  };
}

/** Of what no system makes, or several projects have. */
function judgeUnbound({ of, project }: Asked<'check'>, folder: string): Judgement {
  const where = project === undefined ? '' : ' in that project';
  return {
    state: 'unknown',
    expected: `\`${of}\` passes`,
    seen: `not one check${where} is called so`,
    where: folder,
    next: 'correct the name, or say which project is meant, as `name@folder`; `penstock readiness` lists all',
  };
}

function globOf(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'u');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
