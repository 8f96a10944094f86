import type { Plan } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import { readFigures } from './figures.ts';
import { ItemReader } from './items.ts';
import { parseMarkdown } from './markdown.ts';
import type { PlanModel } from './model.ts';
import { garbledSpellings } from './mojibake.ts';
import { readLegend } from './legend.ts';
import { readLinks } from './links.ts';
import { roleOf } from './role.ts';
import { cutSections, nameGroups, type RawSection } from './sections.ts';
import { StatementReader } from './statements.ts';

/** Reads a planning document. Any text gives a plan, an empty one where there is nothing to find. */
export function readPlan(path: string, text: string): PlanModel {
  const document = parseMarkdown(text);
  const sections = cutSections(document.blocks);
  const legend = readLegend(document.blocks);
  const statements = new StatementReader(legend);
  for (const section of sections) statements.read(section);

  const hasTaskTables = statements.taskTables.length > 0;
  const holders = sections.filter((section) => holdsItems(section, statements, hasTaskTables));
  const groups = nameGroups(holders, 'Tasks');
  const items = new ItemReader({ path, text, legend, repair: document.repair });
  for (const section of holders) {
    for (const block of section.blocks) {
      if (block.kind === 'table') items.readTable(block, statements.roleOf(block), groups.get(section)!);
      else if (block.kind === 'list' && takesCheckList(section, hasTaskTables))
        items.readList(block, groups.get(section)!);
    }
  }

  const figures = readFigures(document, text);
  const entries = items.entries;
  const used = new Set(entries.map(({ item }) => item.group));
  const title = sections[1]?.title || document.frontMatter.get('title') || fileName(path);
  const plan: Plan = {
    path,
    title,
    items: entries.map(({ item }) => item),
    groups: [...groups.values()].filter((group) => used.has(group)),
    readiness: statements.readiness,
    criteria: statements.criteria,
    blockers: statements.blockers,
    risks: statements.risks,
    updated: figures.updated,
    claimedOverall: figures.overall?.value ?? statements.total?.value,
    role: roleOf(title, path),
    review: figures.review,
    updatedSpan: figures.updatedSpan,
    links: readLinks(document, text),
    phases: [],
    facts: [],
  };
  return {
    plan,
    entries,
    sections: holders
      .filter((section) => used.has(groups.get(section)!))
      .map((section) => ({
        title: groups.get(section)!,
        heading: section.heading,
        span: spanOfSection(section, sections, text),
      })),
    tables: items.tables,
    overallSpan: figures.overall?.span ?? statements.total?.span,
    readinessTables: statements.readinessTables,
    legend,
    spellings: garbledSpellings(text),
    isTruncated: document.isTruncated,
  };
}

function holdsItems(section: RawSection, statements: StatementReader, hasTaskTables: boolean): boolean {
  return section.blocks.some((block) =>
    block.kind === 'table'
      ? statements.roleOf(block).role === 'tasks'
      : block.kind === 'list' &&
        takesCheckList(section, hasTaskTables) &&
        block.entries.some((entry) => entry.box),
  );
}

/** Beside task tables a check list is work only where its heading says so; it may as well be a form to fill in. */
function takesCheckList(section: RawSection, hasTaskTables: boolean): boolean {
  if (section.topic === undefined) return !hasTaskTables;
  return section.topic === 'tasks' && !(hasTaskTables && section.isTop);
}

function spanOfSection(section: RawSection, sections: readonly RawSection[], text: string): Span {
  const next = sections[sections.indexOf(section) + 1];
  return { start: section.heading.start, end: next?.heading.start ?? text.length };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
