import type { PlanAnswer, StepAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';

export interface ManifestFacts {
  /** Planning documents with their paths, relative to the folder. */
  readonly plans: readonly (Pick<PlanAnswer, 'readiness'> & { readonly path: string })[];
  readonly steps: readonly StepAnswer[];
  readonly systems: readonly Pick<SystemAnswer, 'id' | 'title' | 'projects'>[];
}

/** A first `penstock.yaml`, made of what is there: all of it works as it stands. */
export function manifestText(facts: ManifestFacts): string {
  const daily = dailySteps(facts.steps);
  const blocks = [
    ['# What Penstock cannot find out by itself. Every part is optional.'],
    planLines(facts.plans.map(({ path }) => path)),
    pipelineLines(daily),
    checkLines(facts, daily.length > 0),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function planLines(paths: readonly string[]): readonly string[] {
  const [only, ...others] = paths;
  if (only === undefined) return ['# plan: docs/tasks.md'];
  if (others.length === 0) return [`plan: ${scalar(only)}`];
  return ['plan:', ...paths.map((each) => `  - ${scalar(each)}`)];
}

function pipelineLines(daily: readonly string[]): readonly string[] {
  const shown = daily.length === 0 ? ['tool:job/load', 'tool:build'] : daily;
  return marked(daily.length === 0, [
    'pipelines:',
    '  daily:',
    '    title: Load and build everything',
    '    steps:',
    ...shown.map((step) => `      - ${scalar(step)}`),
  ]);
}

/** That the pipeline ran, and that each tool's configuration is valid, counted where the plan has such a category. */
function checkLines({ plans, systems }: ManifestFacts, hasPipeline: boolean): readonly string[] {
  const categories = plans.flatMap(({ readiness }) => readiness.map(({ category }) => plain(category)));
  const about = (words: RegExp): readonly string[] => {
    const found = categories.find((category) => words.test(category));
    return found === undefined ? [] : [`    categories: [${scalar(found)}]`];
  };
  const ran = marked(!hasPipeline, [
    '  daily:',
    '    title: The daily pipeline ran well',
    '    ran: pipeline:daily',
    '    max-age: 1d12h',
    ...about(/operation|orchestrat|pipeline|schedul/i),
  ]);
  const valid = systems
    .filter(({ id, projects }) => projects.length > 0 && !ownSystems.includes(id))
    .flatMap(({ id, title }) => [
      `  ${id}:`,
      `    title: ${scalar(`The configuration of ${title} is valid`)}`,
      `    valid: ${id}`,
      ...about(new RegExp(`(?:^|\\W)${title.replace(/\W/g, '.')}(?:\\W|$)`, 'i')),
    ]);
  const isEmpty = !hasPipeline && valid.length === 0;
  const others =
    categories.length === 0 ? [] : [`# Checks count in categories of the plan: ${categories.join(', ')}.`];
  return [
    '# What proves the plan; `items` names its tasks by their ids, which completion offers.',
    ...others,
    ...(isEmpty ? marked(true, ['checks:']) : ['checks:']),
    ...valid,
    ...ran,
  ];
}

/** Their configuration is this file, or beside the point. */
const ownSystems: readonly string[] = ['penstock', 'plan', 'env'];

function marked(isComment: boolean, lines: readonly string[]): readonly string[] {
  return isComment ? lines.map((line) => `# ${line}`) : lines;
}

/** Jobs first, then what builds upon them. */
function dailySteps(steps: readonly StepAnswer[]): readonly string[] {
  const jobs = steps.filter(({ kind }) => kind === 'job').map(({ id }) => id);
  const builds = steps.filter(({ id }) => /^[^/]+:build$/.test(id)).map(({ id }) => id);
  return [...new Set([...jobs, ...builds])];
}

function plain(text: string): string {
  return text.replace(/[*_`]/g, '').trim();
}

/** Quoted unless every reader of YAML takes it for a string as it stands. */
function scalar(text: string): string {
  return /^[A-Za-z0-9_./][\w ./:-]*$/.test(text) && !/:$|: | $/.test(text) && !/^[\d.+-]+$/.test(text)
    ? text
    : JSON.stringify(text);
}
