import type { TextEdit } from '../core/finding.ts';
import { folderOf } from '../core/path.ts';
import { withEdits, type PlanEdit, type PlanEditOutcome } from '../core/plan-edit.ts';
import type { Platform } from '../core/platform.ts';
import { SourceFile } from '../core/source-file.ts';
import type { ParsedFile, System } from '../core/system.ts';

/** A planning document as its system reads it. */
export interface PlanDocument {
  readonly system: System;
  readonly file: ParsedFile;
}

/** The planning document at a path; undefined where there is none that can be edited. */
export function planDocument(platform: Platform, path: string): PlanDocument | undefined {
  const system = platform.systemOf(path);
  const file = system?.editPlan && platform.parsed(path);
  return system && file ? { system, file } : undefined;
}

/** Makes one change after another; either all of them or none, with the reason. */
export function editPlan(
  { system, file }: PlanDocument,
  edits: readonly PlanEdit[],
  other?: ParsedFile,
): PlanEditOutcome {
  const [only] = edits;
  if (only && edits.length === 1) return system.editPlan?.(file, only, other) ?? { kind: 'edits', edits: [] };
  let here = file;
  let there = other;
  for (const edit of edits) {
    const outcome = system.editPlan!(here, edit, there);
    if (outcome.kind === 'refused') return outcome;
    here = editedFile(system, here, outcome.edits);
    there &&= editedFile(system, there, outcome.edits);
  }
  return {
    kind: 'edits',
    edits: [...difference(file, here), ...(other && there ? difference(other, there) : [])],
  };
}

/** The document that finished items of this one go to: the nearest that says so in its title or name. */
export function finishedDocument(platform: Platform, path: string): PlanDocument | undefined {
  const found = [...platform.paths()]
    .filter((other) => other !== path && planOf(platform, other)?.role === 'completed')
    .sort((a, b) => sharedWith(b, path) - sharedWith(a, path) || (a < b ? -1 : 1));
  return found[0] === undefined ? undefined : planDocument(platform, found[0]);
}

function planOf(platform: Platform, path: string) {
  const document = planDocument(platform, path);
  return document && document.system.readPlan?.(document.file);
}

/** How many folders from the root on two paths share. */
function sharedWith(path: string, other: string): number {
  const folders = folderOf(path).split('/');
  const others = folderOf(other).split('/');
  const at = folders.findIndex((folder, index) => folder !== others[index]);
  return at < 0 ? folders.length : at;
}

/** The file as its system reads it once the edits of its own text are made. */
export function editedFile(system: System, file: ParsedFile, edits: readonly TextEdit[]): ParsedFile {
  const own = edits.filter(({ path }) => path === file.source.path);
  if (own.length === 0) return file;
  const source = new SourceFile(file.source.path, withEdits(file.source.text, own));
  const { claim, project } = file;
  return { ...system.parse(source, claim, project), source, claim, project };
}

/** The lines that differ, each for itself where none came or went; whole lines, for half a symbol is no place for an edit. */
function difference({ source: from }: ParsedFile, { source: to }: ParsedFile): readonly TextEdit[] {
  const was = linesOf(from);
  const is = linesOf(to);
  if (was.length === is.length)
    return was.flatMap((line, at) =>
      line === is[at] ? [] : [edit(from, [at, at + 1], is.slice(at, at + 1))],
    );
  const least = Math.min(was.length, is.length);
  let start = 0;
  while (start < least && was[start] === is[start]) start++;
  let tail = 0;
  while (tail < least - start && was.at(-1 - tail) === is.at(-1 - tail)) tail++;
  return [edit(from, [start, was.length - tail], is.slice(start, is.length - tail))];
}

/** Lines with their breaks. */
function linesOf({ text }: SourceFile): readonly string[] {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
}

function edit(
  source: SourceFile,
  [first, end]: readonly [number, number],
  lines: readonly string[],
): TextEdit {
  const was = linesOf(source);
  const start = was.slice(0, first).join('').length;
  const span = { start, end: start + was.slice(first, end).join('').length };
  return { path: source.path, span, newText: lines.join('') };
}
