import { createReporter } from './check-file.ts';
import { findWritten, type FoundStep, type NoStep } from './find-step.ts';
import type { Finding, Fix } from './finding.ts';
import { refusalsOf, writtenInEntry, type Refusal } from './parameters.ts';
import { baseName, folderOf, isInside } from './path.ts';
import type { Platform } from './platform.ts';
import { referencesIn } from './references.ts';
import { wayBack } from './runs-itself.ts';
import type { Location } from './span.ts';
import type { ToldStep } from './step-options.ts';
import type { FindStep, Parameter, Step } from './step.ts';
import type { Node, ScalarNode } from './tree.ts';

/** A step that a file names, and what its tool can be told. */
export interface KnownStep {
  readonly step: Step;
  readonly parameters: readonly Parameter[];
}

/** Finds the steps that entries of pipelines mean, each name as it is seen from its pipeline's folder. */
export function finderOf(platform: Platform): FindStep {
  return (name, { project }) => writtenStep(platform, name, project).step;
}

function writtenStep(platform: Platform, name: string, folder: string): FoundStep {
  const { stepList } = platform;
  return findWritten(name, stepList.named(name, platform.steps()), { folder, forms: stepList });
}

/**
 * What is known of steps that the file at `path` names; of those that are not there, that several projects have and
 * that run others, nothing is.
 */
export function stepReader(platform: Platform, path: string): (told: ToldStep) => KnownStep | undefined {
  const find = finderOf(platform);
  const around = surroundingsOf(platform);
  return (told) => {
    const step = find(told.step.text, { project: folderOf(path) });
    return step?.work.kind === 'command'
      ? { step, parameters: platform.stepList.options(step, around) }
      : undefined;
  };
}

/**
 * What the tools of steps would not take that the file at `path` tells them, what they miss, and the steps that some
 * project has and that no run would find from there. A name that no project has is told by facts.
 */
export function checkTold(platform: Platform, path: string): readonly Finding[] {
  // By its name alone: whose most files are costs something to tell after a warm start.
  if (!platform.systems.some((each) => each.toldSteps && each.markers.includes(baseName(path)))) return none;
  const file = platform.parsed(path);
  const system = platform.systemOf(path);
  if (!file || !system || file.project.vendored || file.problems.some(isError)) return none;
  const steps = system.toldSteps?.(file) ?? [];
  if (steps.length === 0) return none;
  const found: Finding[] = [];
  const report = createReporter(found)({ id: `${system.id}/unknown-key`, severity: 'error' });
  const read = stepReader(platform, path);
  for (const told of steps) {
    const known = read(told);
    const missed = known ? undefined : notFound(platform, told.step.text, folderOf(path));
    // Who only asks how a step ran need not say whose it is.
    if (missed && !(told.by === undefined && missed.isAmbiguous))
      report(told.step.span, missed.message, { code: `${system.id}/undefined-step` });
    if (told.by === undefined) continue;
    const circle = known ? undefined : circleOf(platform, told, folderOf(path));
    if (circle) report(told.step.span, circle, { code: `${system.id}/needs-cycle` });
    const refusals = known ? refusalsIn(platform, told, known) : [];
    if (!known || refusals.length === 0 || isHalfRead(platform, known.step)) continue;
    for (const refusal of refusals) {
      const { meant, why, kind } = refusal;
      const { span } = nodeOf(refusal, told);
      const fixes = meant === undefined ? [] : [changeTo(meant, { path, span })];
      report(span, why, { code: `${system.id}/${problems[kind]}`, fixes });
    }
  }
  return found;
}

/**
 * Why a run would not find a step that there is, seen from the folder, in a sentence; undefined while a file that may
 * say more cannot be read.
 */
export function whyNotFound(platform: Platform, name: string, folder: string): string | undefined {
  return notFound(platform, name, folder)?.message;
}

function notFound(platform: Platform, name: string, folder: string): NoStep | undefined {
  const { stepList, facts } = platform;
  if (stepList.named(name, platform.steps()).length === 0 || facts.holes('step', '').length > 0)
    return undefined;
  const found = writtenStep(platform, name, folder);
  return found.step ? undefined : found;
}

/** That a step runs, by itself or through others of any file, what it is a part of; in a sentence. */
function circleOf(platform: Platform, { by, step }: ToldStep, folder: string): string | undefined {
  const find = finderOf(platform);
  const whole = by === undefined ? undefined : find(by, { project: folder });
  const part = find(step.text, { project: folder });
  const way = whole && part?.work.kind === 'pipeline' ? wayBack(part, whole, find) : undefined;
  if (!way) return undefined;
  const through = [whole!, ...way].map(({ id }) => `\`${id}\``).join(' → ');
  return `the pipeline runs itself (${through}); take this step out`;
}

/** The files that may tell the tools of steps something: what they find rests on names of any project. */
export function tellers(platform: Platform): readonly string[] {
  return platform
    .projects()
    .flatMap(({ marker, system }) => (marker && platform.system(system)?.toldSteps ? marker : []));
}

const none: readonly never[] = [];

/** As the codes of what a schema shows. */
const problems = { unknown: 'unknown-key', invalid: 'invalid-value', missing: 'missing-key' } as const;

function isError({ severity = 'error' }: { readonly severity?: string }): boolean {
  return severity === 'error';
}

function surroundingsOf(platform: Platform): Parameters<Platform['stepList']['options']>[1] {
  return { facts: platform.facts, projects: platform.projects() };
}

/** As a run refuses them; a value that is not written yet, or that only a run knows, is taken for one that fits. */
function refusalsIn(
  platform: Platform,
  { options }: ToldStep,
  { step, parameters }: KnownStep,
): readonly Refusal[] {
  const given = new Map(options.map(({ key, value }) => [key.text, value] as const));
  const texts = new Map([...given].map(([name, value]) => [name, textIn(value)?.text ?? ''] as const));
  const refusals = refusalsOf(parameters, texts, writtenInEntry).filter(({ kind, name }) => {
    const text = textIn(given.get(name));
    return kind === 'missing' || (text !== undefined && (kind === 'unknown' || isKnown(text)));
  });
  const told = new Set(refusals.map(({ name }) => name));
  const fitting = [...given].filter(([name, value]) => {
    const text = textIn(value);
    return !told.has(name) && text !== undefined && isKnown(text);
  });
  const around = surroundingsOf(platform);
  const whyNot = (names: readonly string[]): string | undefined => {
    const values = new Map(names.map((name) => [name, texts.get(name) ?? ''] as const));
    const made = platform.stepList.withOptions(step, values, around);
    return 'refused' in made ? made.refused : undefined;
  };
  const names = fitting.map(([name]) => name);
  // Nearly always the tool takes all of them, and which it does not take is told one by one.
  if (names.length === 0 || whyNot(names) === undefined) return refusals;
  const byTool = names.flatMap((name): readonly Refusal[] => {
    const why = whyNot([name]);
    return why === undefined ? [] : [{ kind: 'invalid', name, why }];
  });
  return [...refusals, ...byTool];
}

function textIn(value: Node | undefined): ScalarNode | undefined {
  return value?.kind === 'scalar' && value.value !== null ? value : undefined;
}

/** False where a run puts something in for a part of it. */
function isKnown({ text }: ScalarNode): boolean {
  return referencesIn(text).length === 0;
}

function changeTo(meant: string, at: Location): Fix {
  return { title: `Change to \`${meant}\``, edits: [{ ...at, newText: meant }], certain: false };
}

function nodeOf({ kind, name }: Refusal, { step, options }: ToldStep): ScalarNode {
  const pair = options.find(({ key }) => key.text === name);
  if (kind === 'missing' || !pair) return step;
  return kind === 'invalid' && pair.value.kind === 'scalar' ? pair.value : pair.key;
}

/** True while a file of the step's project cannot be read whole, which may say what the step takes. */
function isHalfRead(platform: Platform, { system, project, location }: Step): boolean {
  if (location && platform.parsed(location.path)?.problems.some(isError)) return true;
  for (const path of platform.paths()) {
    if (!platform.isUnreadable(path)) continue;
    const owner = platform.projectOf(path);
    if (owner?.system === system && isInside(project, owner.root)) return true;
  }
  return false;
}
