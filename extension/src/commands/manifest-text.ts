import type { StepAnswer } from '../../../server/src/protocol/requests.ts';

export interface ManifestFacts {
  /** Planning documents, relative to the folder. */
  readonly plans: readonly string[];
  readonly steps: readonly StepAnswer[];
}

/** A first `penstock.yaml`, made of what is there: all of it works as it stands. */
export function manifestText({ plans, steps }: ManifestFacts): string {
  const lines = ['# What Penstock cannot find out by itself. Every part is optional.', ''];
  const [plan] = plans;
  if (plan === undefined) lines.push('# plan: docs/tasks.md');
  else if (plans.length === 1) lines.push(`plan: ${scalar(plan)}`);
  else lines.push('plan:', ...plans.map((each) => `  - ${scalar(each)}`));
  const daily = dailySteps(steps);
  const mark = daily.length === 0 ? '# ' : '';
  const shown = daily.length === 0 ? ['tool:job/load', 'tool:build'] : daily;
  lines.push(
    '',
    `${mark}pipelines:`,
    `${mark}  daily:`,
    `${mark}    title: Load and build everything`,
    `${mark}    steps:`,
  );
  lines.push(...shown.map((step) => `${mark}      - ${scalar(step)}`));
  return `${lines.join('\n')}\n`;
}

/** Jobs first, then what builds upon them. */
function dailySteps(steps: readonly StepAnswer[]): readonly string[] {
  const jobs = steps.filter(({ kind }) => kind === 'job').map(({ id }) => id);
  const builds = steps.filter(({ id }) => /^[^/]+:build$/.test(id)).map(({ id }) => id);
  return [...new Set([...jobs, ...builds])];
}

/** Quoted unless every reader of YAML takes it for a string as it stands. */
function scalar(text: string): string {
  return /^[A-Za-z0-9_./][\w./:-]*$/.test(text) && !text.endsWith(':') && !/^[\d.+-]+$/.test(text)
    ? text
    : JSON.stringify(text);
}
