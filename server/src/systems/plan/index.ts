import type { FactReader } from '../../core/fact-index.ts';
import type { NameProblem, Use } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import { touches } from '../../core/span.ts';
import {
  defineSystem,
  type Claim,
  type Parsed,
  type ParsedFile,
  type Project,
  type Problem,
} from '../../core/system.ts';
import type { SourceFile } from '../../core/source-file.ts';
import {
  categoryNamespace,
  documentNamespace,
  factsOf,
  itemFact,
  itemNamespace,
  linkedFiles,
} from './facts.ts';
import { ItemMemory, planMemory, type ItemSaid } from './item-memory.ts';
import { isPlanningDocument, mayJoin } from './claim.ts';
import { complete } from './complete.ts';
import { describeWork } from './describe.ts';
import { editPlan } from './edit/edit-plan.ts';
import { defineDependency, linksOf } from './links-here.ts';
import { mentionsIn } from './mentions.ts';
import type { ItemEntry, PlanModel } from './model.ts';
import { outline } from './outline.ts';
import { readPlan } from './read-plan.ts';
import { repairAction } from './garbled-action.ts';
import { contradictedMeasure } from './rules/contradicted-measure.ts';
import { contradictedVersion } from './rules/contradicted-version.ts';
import { contradictingItems } from './rules/contradicting-items.ts';
import { dependencyCycle } from './rules/dependency-cycle.ts';
import { doneBeforeDependency } from './rules/done-before-dependency.ts';
import { duplicateItem } from './rules/duplicate-item.ts';
import { overallContradictsTable } from './rules/overall-contradicts-table.ts';
import { missingReference } from './rules/missing-reference.ts';
import { reviewOverdue } from './rules/review-overdue.ts';
import { undefinedDependency } from './rules/undefined-dependency.ts';
import { unknownPriority } from './rules/unknown-priority.ts';
import { unknownStatus } from './rules/unknown-status.ts';

const document: Claim = { kind: 'document', format: 'markdown', readsText: true, priority: 10 };

/** Planning documents: Markdown that lists tasks with their status. */
export const plan = defineSystem({
  id: 'plan',
  title: 'Plan',
  icon: 'checklist',
  markers: [],
  names: [
    { namespace: itemNamespace, title: 'plan item', undefined: missingItem },
    { namespace: documentNamespace, title: 'planning document', undefined: missingDocument },
    { namespace: categoryNamespace, title: 'category', undefined: missingCategory },
  ],
  rules: [unknownStatus, unknownPriority, duplicateItem, overallContradictsTable],
  factRules: [missingReference],
  betweenRules: [
    undefinedDependency,
    dependencyCycle,
    doneBeforeDependency,
    contradictingItems,
    contradictedVersion,
    contradictedMeasure,
  ],
  datedRules: [reviewOverdue],
  claim(path, project, head) {
    if (!isPlanningDocument(pathWithin(project, path), head, project.statusWords)) return undefined;
    return document;
  },
  claimPlan: () => document,
  claimLinked: (path, project, head) =>
    mayJoin(pathWithin(project, path), head, project.statusWords) ? document : undefined,
  linkedFiles,
  parse,
  complete: (file, offset, facts) => complete(planFile(file), offset, facts),
  hover(file, offset) {
    const entry = planFile(file).model.entries.find(({ span }) => touches(span, offset));
    return (
      entry && {
        span: entry.span,
        markdown: `**${entry.item.title.replace(/[\\`*_[\]<>]/g, '\\$&')}**\n\n${describeWork(entry.item)}`,
      }
    );
  },
  actions: (file, request) => repairAction(planFile(file), request),
  define: (file, offset, facts) => defineDependency(planFile(file), offset, facts),
  links: (file, facts) => linksOf(planFile(file), facts),
  symbols: (file) => outline(planFile(file)),
  readPlan: (file) => planFile(file).model.plan,
  editPlan: (file, edit, other) => editPlan(planFile(file), edit, other && planFile(other)),
});

/** In which folder a workspace lies does not tell what its documents are. */
function pathWithin({ root }: Project, path: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length) : path;
}

/** A check about a task that no plan has proves nothing of it. */
function missingItem({ name }: Use): NameProblem {
  const message = `no plan has a task or criterion with the id \`${name}\`; correct it, \`penstock plan --format json\` lists the ids`;
  return { code: 'plan/undefined-item', severity: 'warning', message };
}

/** A slip in the name of a category makes another one, and the one that was meant loses a proof. */
function missingCategory({ name }: Use): NameProblem {
  const message = `no readiness table has a category \`${name}\`, and no group of tasks is called so; correct the name, or add its row`;
  return { code: 'plan/undefined-category', severity: 'warning', message };
}

function missingDocument(
  { name, prefix = '' }: Use,
  _facts: FactReader,
  exists: (path: string) => boolean,
): NameProblem {
  const written = `\`${name.slice(prefix.length)}\``;
  const message = exists(name)
    ? `${written} is there, and cannot be read as a document; name a file of this workspace that you may read`
    : `there is no document ${written}; correct the path or write the plan there`;
  return { code: 'plan/missing-document', severity: 'warning', message };
}

/** The platform hands a system only what its own `parse` made. */
function planFile(file: ParsedFile): ParsedFile<PlanModel> {
  return file as ParsedFile<PlanModel>;
}

function parse(source: SourceFile, _claim: unknown, project: Project): Parsed<PlanModel> {
  const memory = planMemory(source);
  const model = readPlan(source.path, source.text, project.statusWords, memory);
  const said = ItemMemory.of(source, project, model.plan.role);
  const read = (entry: ItemEntry, former?: ItemSaid): ItemSaid => ({
    definition: itemFact(entry, model.plan, project, former?.definition.about),
    mentions: former?.mentions ?? mentionsIn(source.text, entry),
  });
  const items = model.entries.map((entry) => said.of(entry, read));
  const definitions = items.map(({ definition }) => definition);
  const mentions = items.filter((item) => item.mentions.length > 0).flatMap((item) => item.mentions);
  return {
    model,
    problems: problemsOf(model, source),
    facts: factsOf(model, project, definitions).concat(mentions),
  };
}

function problemsOf({ isTruncated }: PlanModel, source: SourceFile): readonly Problem[] {
  if (!isTruncated) return [];
  const message = `only the first 1,000,000 characters of \`${baseName(source.path)}\` are read; split the document`;
  return [{ code: 'plan/too-long', span: { start: 0, end: 0 }, message, severity: 'information' }];
}
