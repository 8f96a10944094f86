import type { Definition, Located } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import type { Project } from '../core/system.ts';
import { describePathAt } from './container-paths.ts';
import { describeName } from './describe-name.ts';
import { describePlanItem } from './describe-plan-item.ts';
import { factAt, keysOf } from './fact-at.ts';
import { describeHostAt } from './hosts.ts';
import { describeStepOption } from './step-option.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
  /** Of a thing that a tool runs, the project it is run in and the tool's id of it, or the step that runs it. */
  readonly ran?: Ran;
}

export type Ran = { readonly project: Project } & ({ readonly id: string } | { readonly step: string });

/** What the thing under the cursor is, where it comes from and who uses it; undefined where nothing is known. */
export function hover(platform: Platform, path: string, offset: number): Hover | undefined {
  const fact = factAt(platform.facts, path, offset);
  const [definition] = fact
    ? keysOf(fact, platform.facts).flatMap((key) => platform.facts.definitions(key))
    : [];
  const file = platform.parsed(path);
  const own =
    file &&
    (describeStepOption(platform, file, offset) ??
      platform.systemOf(path)?.hover?.(file, offset, platform.facts));
  const standing = own && describePlanItem(platform, path, own.span);
  const told = standing ? { ...own, markdown: `${own.markdown}\n\n${standing}` } : own;
  if (fact && definition) {
    const runId = told?.runId ?? platform.systemOf(definition.path)?.runId?.(definition);
    const described = { span: fact.span, markdown: describeName(platform, definition) };
    const project = platform.projectOf(definition.path);
    if (runId !== undefined) return withRun(described, runId, project);
    const step = stepAt(platform, definition);
    return step === undefined || !project ? described : { ...described, ran: { step, project } };
  }
  const place = describePathAt(platform, path, offset) ?? describeHostAt(platform, path, offset);
  if (!place) return told && withRun(told, told.runId, platform.projectOf(path));
  const markdown = [told?.markdown, place.markdown].filter((part) => part !== undefined).join('\n\n');
  return { span: place.span, markdown };
}

function withRun({ span, markdown }: Hover, runId: string | undefined, project: Project | undefined): Hover {
  return runId === undefined || !project
    ? { span, markdown }
    : { span, markdown, ran: { id: runId, project } };
}

/** The step that is named where the thing is: a job is run by one, and so is what a pipeline names. */
function stepAt({ facts }: Platform, { path, span }: Located<Definition>): string | undefined {
  if (span.end === span.start) return undefined;
  return facts
    .of(path)
    .find(
      (fact): fact is Located<Definition> =>
        fact.fact === 'definition' &&
        fact.namespace === 'step' &&
        fact.span.start === span.start &&
        fact.span.end === span.end,
    )?.name;
}
