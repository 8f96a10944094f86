import { isFoundIn } from '../../core/found-in.ts';
import type { Plan, StatusWords } from '../../core/plan.ts';
import { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import { BlockTexts } from './block-texts.ts';
import { readFigures } from './figures.ts';
import { ItemReader } from './items.ts';
import type { PlanMemory } from './item-memory.ts';
import { parseMarkdown, type Block } from './markdown.ts';
import type { PlanModel } from './model.ts';
import { asItIs, garbledSpellings } from './mojibake.ts';
import { readLegend } from './legend.ts';
import { roleOf } from './role.ts';
import {
  bulletsOf,
  findHolders,
  isNamedForWork,
  isAmongFinished,
  statusWithoutMark,
  takesBoxes,
  type Holding,
} from './holders.ts';
import { columnsOf, laneOfBoxes, lanesOf } from './lanes.ts';
import { readPhases } from './phases.ts';
import { cutSections, nameGroups, type RawSection } from './sections.ts';
import { readStatedCoverage } from './stated-coverage.ts';
import { readStatedFacts } from './stated-facts.ts';
import { StatementReader } from './statements.ts';
import { Ids } from './slugs.ts';

/** Reads a planning document, from what its former version was read as where there is a memory. Any text gives a plan, an empty one where there is nothing to find. */
export function readPlan(path: string, text: string, words?: StatusWords, memory?: PlanMemory): PlanModel {
  const source = memory?.source ?? new SourceFile(path, text);
  const document = parseMarkdown(text, memory?.pieces, (isIn) => isFoundIn(source, isIn));
  const texts = memory?.texts ?? new BlockTexts();
  const legend = readLegend(document.blocks, words, { texts, entries: memory?.entries });
  const sections = cutSections(document.blocks, legend, texts);
  const lanes = lanesOf(sections, legend);
  const [, first] = sections;
  // A board may have nothing above its first column.
  const isTitled = first !== undefined && !lanes.has(first);
  const title = (isTitled ? first.title : '') || document.frontMatter.get('title') || fileName(path);
  const role = roleOf(title, path);
  const isGarbled = document.repair !== asItIs;
  memory?.entries.begin(JSON.stringify([[...legend], [...(legend.words ?? [])], isGarbled]));
  const isForWork = isNamedForWork({ title, path, role, sections });
  const statements = new StatementReader(text, legend, {
    isNamedForWork: isForWork,
    memory: memory?.entries,
  });
  for (const section of sections) statements.read(section);

  const holding: Holding = {
    statements,
    legend,
    role,
    isNamedForWork: isForWork,
    hasBoxes: hasBoxes(document.blocks),
    lanes,
  };
  const { holders, headings } = findHolders(sections, holding);
  const held = holders.map((holder) => (headings.has(holder) ? (holder.parent ?? holder) : holder));
  // Columns are called the same with and without a card in them.
  const names = nameGroups([...held, ...lanes.keys()], 'Tasks');
  const groups = new Map(held.map((section) => [section, names.get(section)!]));
  const items = new ItemReader(
    { path, text, legend, repair: document.repair },
    { texts, memory: memory?.entries },
  );
  for (const section of holders) {
    if (headings.has(section)) {
      const above = section.parent ?? section;
      items.readHeading(section, { group: groups.get(above)!, status: statusWithoutMark(above, holding) });
      continue;
    }
    const group = groups.get(section)!;
    for (const block of section.blocks) {
      if (block.kind === 'table')
        items.readTable(block, statements.roleOf(block), {
          group,
          status: statusWithoutMark(section, holding),
        });
      else if (
        block.kind === 'list' &&
        (takesBoxes(section, block, holding) || !block.entries.some(({ box }) => box))
      )
        items.readList(
          block,
          {
            group,
            label: section.labels.get(block),
            isFinished: isAmongFinished(section, block, holding),
            lane: laneOfBoxes(section, lanes.get(section)),
            board: lanes.has(section) ? section.parent?.title || 'Board' : undefined,
          },
          bulletsOf(section, block, holding),
        );
    }
  }

  const figures = readFigures(document, text, texts);
  const criterionIds = new Ids();
  const entries = items.entries;
  const columns = columnsOf(lanes, names);
  const used = new Set(entries.map(({ item }) => item.group));
  const emptyColumns = columns.flatMap(({ group, isEmpty }) => (isEmpty && !used.has(group) ? [group] : []));
  const plan: Plan = {
    path,
    title,
    items: entries.map(({ item }) => item),
    groups: [...groups.values()].filter((group) => used.has(group)),
    ...(emptyColumns.length === 0 ? {} : { emptyColumns }),
    readiness: statements.claims(),
    criteria: statements.criteria.map((criterion) => ({
      id: criterionIds.take(criterionIds.wishOf(['criteria', criterion.text])),
      ...criterion,
    })),
    blockers: statements.blockers,
    risks: statements.risks,
    updated: figures.updated,
    claimedOverall: figures.overall?.value ?? statements.total?.value,
    role,
    review: figures.review,
    updatedSpan: figures.updatedSpan,
    links: document.links,
    phases: readPhases(sections, groups, legend),
    facts: [...readStatedFacts(document, source), ...readStatedCoverage(document, source)],
  };
  return {
    plan,
    entries,
    sections: [...groups.keys()]
      .filter((section) => used.has(groups.get(section)!))
      .map((section) => ({
        title: groups.get(section)!,
        heading: section.heading,
        span: spanOfSection(section, sections, text),
      })),
    columns,
    tables: items.tables,
    overallSpan: figures.overall?.span ?? statements.total?.span,
    legend,
    spellings: isGarbled ? garbledSpellings(text) : new Map(),
    hasNamesakes: items.hasNamesakes,
    isTruncated: document.isTruncated,
  };
}

function hasBoxes(blocks: readonly Block[]): boolean {
  return blocks.some((block) => block.kind === 'list' && block.entries.some(({ box }) => box));
}

function spanOfSection(section: RawSection, sections: readonly RawSection[], text: string): Span {
  const next = sections[sections.indexOf(section) + 1];
  return { start: section.heading.start, end: next?.heading.start ?? text.length };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
