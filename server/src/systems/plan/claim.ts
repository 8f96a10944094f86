import { baseName } from '../../core/path.ts';
import type { StatusWords } from '../../core/plan.ts';
import type { ItemEntry, PlanModel } from './model.ts';
import { readPlan } from './read-plan.ts';
import { roleOf } from './role.ts';
import { isListOfWork, soundsLikePlan } from './topics.ts';

/**
 * True where a Markdown file's first kilobytes are those of a planning document: a table of tasks with their
 * status, a readiness table under a fitting title, or check lists under a title that speaks of tasks or a plan. `path` is seen
 * from the workspace.
 */
export function isPlanningDocument(path: string, head: () => string, words?: StatusWords): boolean {
  if (!/\.(?:md|markdown)$/i.test(path) || neverPlans.test(path)) return false;
  const text = head();
  return (
    (mayHoldPlan(path, text) && looksLikePlan(readPlan(path, text, words), path)) ||
    keepsFinished(path, text, words)
  );
}

/** True where a document is kept for finished tasks by what it is called, and holds one, or nothing yet but words. */
function keepsFinished(path: string, text: string, words: StatusWords | undefined): boolean {
  if (inFolderOfTool.test(path) || tellsOfProject.test(baseName(path))) return false;
  const title = /^#[ \t]+([^\r\n]+?)[ \t]*#*[ \t]*$/m.exec(text)?.[1];
  if (title === undefined || roleOf(title, path) !== 'completed') return false;
  const names = [stem(path), title].map((name) => name.replaceAll(/[_.-]+/g, ' ').trim());
  if (!names.some((name) => ofFinishedTasks.test(name))) return false;
  if (isTitleAlone(text)) return true;
  const { entries } = readPlan(path, text, words);
  const isSaid = names.some(soundsLikePlan) || entries.some(({ item }) => item.statusText !== '');
  return entries.length > 0 && (isSaid || isListAlone(text));
}

/**
 * A title, and lists and tables below it: where nothing else says that it is about tasks, text would make it a page
 * about something that is 'Completed'.
 */
function isListAlone(text: string): boolean {
  let isOpen = false;
  const lines = text.replace(/^---\r?\n[^]*?\n---\r?\n/, '').split(/\r?\n/);
  return (
    lines.filter((line) => /^#[ \t]/.test(line)).length === 1 &&
    lines.every((line) => {
      const isPart = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|^[ \t]*\|/.test(line);
      isOpen = isPart || (isOpen && line.trim() !== '' && !line.startsWith('#'));
      return isOpen || /^\s*$|^#{1,6}[ \t]|^[ \t]/.test(line);
    })
  );
}

/** A title, and at most a paragraph that says what comes here. */
function isTitleAlone(text: string): boolean {
  const [title = '', words = '', ...more] = text.trim().split(/(?:\r?\n[ \t]*){2,}/);
  return more.length === 0 && /^#[ \t][^\r\n]*$/.test(title) && !/^[#|>*+`~<-]/m.test(words);
}

/** Folders of tools hold instructions that only look like plans. */
const inFolderOfTool = /\/\.\w/;

const ofFinishedTasks =
  /^(?:\w+ ){0,3}(?:completed|finished|done|archived?)(?: (?:tasks?|items?|to ?dos?|milestones?|plans?|work))?$/i;

/** True where a document that a plan names is a part of it: two items that say where they stand, one table of readiness, or any item where it is called a roadmap, ideas, or what is completed. */
export function mayJoin(path: string, head: () => string, words?: StatusWords): boolean {
  if (!/\.(?:md|markdown)$/i.test(path) || neverPlans.test(path) || tellsOfProject.test(baseName(path)))
    return false;
  const { plan, entries } = readPlan(path, head(), words);
  const said = entries.filter(isStated);
  if (said.length >= 2 || plan.readiness.length >= 2) return true;
  const isNamed = isNamedForWork(path, plan.title) || plan.role !== 'outstanding';
  return (isNamed && entries.length > 0) || isPlanningDocument(path, head, words);
}

/** They tell people, or programs that write code, of a whole project. */
const tellsOfProject = /^(?:readme|claude|agents|gemini)\b/i;

/** Forms, templates, what tells programs that write code how to go about it, and the documents every repository has. */
const neverPlans =
  /\/\.github\/|\{\{|\/templates?\/|[_.-]template\.(?:md|markdown)$|\/\.\w[^/]*\/(?:.*\/)?(?:commands?|skills?|agents|prompts|rules)\/|\/(?:changelog|changes|history|license|contributing|security|code_of_conduct|authors|governance)(?:\.[\w-]+)*\.(?:md|markdown)$/i;

const headerOfTable = /^(.*\|.*)\r?\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$/gm;
const checkBox = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]/m;

/** What may be an item of a list of work: a bullet, or a heading below the document's own. */
const mayBeItem = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+\S|#{2,6}[ \t]+\S)/m;

/** A column of a board, none of which goes without one of these. */
const mayBeLane =
  /^#{1,6}[ \t].*\b(?:to[ -]?do|back ?log|planned|not started|doing|wip|in (?:progress|review|development)|blocked|done|completed?|finished)\b/im;

/** A cheap look that spares most Markdown files the whole parse. */
function mayHoldPlan(path: string, text: string): boolean {
  for (const [, header] of text.matchAll(headerOfTable)) {
    if (
      /status|state|progress|done|finished|complet|readiness|score|priorit|\bprio\b|percent|%/i.test(header!)
    )
      return true;
  }
  return (
    ((isListOfWork(stem(path)) || soundsLikePlan(baseName(path))) &&
      (mayBeItem.test(text) || text.search(headerOfTable) >= 0)) ||
    (mayBeItem.test(text) && mayBeLane.test(text)) ||
    (mayBeItem.test(text) &&
      /^#.*\b(?:roadmap|to-?do|backlog|ideas|completed|finished|tasks?|plan|milestones)\b/im.test(text)) ||
    (checkBox.test(text) &&
      (soundsLikePlan(baseName(path)) || /^(?:#.*|[^\n]*\r?\n=+[ \t]*\r?)$/m.test(text)))
  );
}

function isStated({ item }: ItemEntry): boolean {
  return item.statusText !== '' && item.status !== 'unknown';
}

function looksLikePlan(model: PlanModel, path: string): boolean {
  const { plan, entries, tables } = model;
  const isReadme = tellsOfProject.test(baseName(path));
  const isTitled = soundsLikePlan(plan.title) || (!isReadme && soundsLikePlan(baseName(path)));
  if (tables.length > 0 && (isTitled || !isReadme)) {
    const stated = entries.filter(({ item }) => item.statusText !== '');
    const known = stated.filter(({ item }) => item.status !== 'unknown');
    const isReadable = stated.length > 0 ? known.length * 2 >= stated.length : isTitled;
    const isWork =
      isTitled ||
      tables.some((table) => table.isAboutWork && !table.isTicked) ||
      tables.filter((table) => table.isRich).length > 1;
    if (isReadable && isWork) return true;
  }
  if (plan.readiness.length >= 2 && (isTitled || /\b(?:readiness|progress|status)\b/i.test(plan.title)))
    return !isReadme || isTitled;
  const said = entries.filter(isStated);
  const isTool = inFolderOfTool.test(path);
  if (
    !isReadme &&
    !isTool &&
    isFileOfTasks(path) &&
    (said.length > 0 || (plan.role === 'completed' && entries.length > 0))
  )
    return true;
  if (isTitled && (said.length >= 2 || (plan.role === 'completed' && entries.length >= 3))) return true;
  if (isReadme || isTool) return false;
  return (
    entries.length >= (isBoard(model, path) ? 2 : 3) &&
    (isBoard(model, path) || isNamedForWork(path, plan.title))
  );
}

/** Columns below its title that say three different things, or any two where a name says that it is a board. */
function isBoard({ plan, columns }: PlanModel, path: string): boolean {
  const isNamed = [plan.title, stem(path)].some((name) =>
    /\b(?:kanban|boards?)\b/i.test(name.replaceAll('_', ' ')),
  );
  const own = isNamed ? columns : columns.filter(({ isOfDocument }) => isOfDocument);
  return new Set(own.map(({ lane }) => lane)).size >= (isNamed ? 2 : 3);
}

/** True where a file is kept for tasks by its name: one task is enough there. */
function isFileOfTasks(path: string): boolean {
  return isListOfWork(stem(path)) || /(?:^|[\s_.-])tasks?$/i.test(stem(path));
}

function stem(path: string): string {
  return baseName(path).replace(/\.[^.]*$/, '');
}

/** A roadmap, a to-do list or ideas need no table and no boxes. */
function isNamedForWork(path: string, title: string): boolean {
  return (
    isListOfWork(stem(path)) ||
    /^\W*(?:[\w.-]+\s+){0,4}(?:roadmap|to-?do(?: list)?|backlog|ideas)\W*$/i.test(title)
  );
}
