import { accessSync, constants, readFileSync } from 'node:fs';
import type { FileText } from '../core/files.ts';
import type { Finding, Fix, TextEdit } from '../core/finding.ts';
import type { Platform } from '../core/platform.ts';
import type { Range } from '../core/span.ts';
import { toFsPath } from '../files/node-files.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { defaultFindingSettings, diagnose } from '../language/diagnose.ts';

/** A finding that was mended, where it stood when it was. */
export interface FixedProblem {
  /** File-system path. */
  readonly path: string;
  readonly range: Range;
  readonly code: string;
  /** What was done: `Nest under arguments`. */
  readonly title: string;
}

export interface FixOutcome {
  readonly fixed: readonly FixedProblem[];
  /** Sentences about what was to be mended and could not be. */
  readonly failures: readonly string[];
}

export interface FixPlace {
  readonly platform: Platform;
  /** What `platform` sees instead of the disk; is empty again at the end. */
  readonly shadow: Map<string, FileText>;
  /** The files (URI paths) whose findings are to be mended. */
  readonly paths: () => readonly string[];
}

/** Limit: two rules that undo each other's fixes would go on for ever. */
const maxRounds = 10;

/**
 * Applies the certain fixes, again and again until none is left: of fixes that touch the same text one waits for
 * the next round. The texts are made in memory and written once. Nothing outside the workspace, no installed
 * package and no file that is not plain UTF-8 is touched.
 */
export function applyFixes({ platform, shadow, paths }: FixPlace): FixOutcome {
  const before = new Map<string, string>();
  const fixed: FixedProblem[] = [];
  const untouchable = new Map<string, string | undefined>();
  const isOpen = (path: string): boolean => {
    if (!untouchable.has(path)) untouchable.set(path, obstacle(path, platform));
    return untouchable.get(path) === undefined;
  };
  for (let round = 0; round < maxRounds; round++) {
    const edits = new Map<string, TextEdit[]>();
    for (const path of paths()) fixed.push(...collect(platform, path, edits, isOpen));
    if (edits.size === 0) break;
    for (const [path, all] of edits) {
      const { text } = platform.source(path)!;
      if (!before.has(path)) before.set(path, text);
      shadow.set(path, { kind: 'text', text: edited(text, all) });
    }
    platform.update(edits.keys());
  }
  const failures = [...untouchable.values()].flatMap((each) => each || []);
  return { fixed, failures: [...failures, ...write(platform, before, shadow)] };
}

/** Takes the fixes of one file that are in nobody's way. */
function collect(
  platform: Platform,
  path: string,
  edits: Map<string, TextEdit[]>,
  isOpen: (path: string) => boolean,
): readonly FixedProblem[] {
  const source = platform.source(path);
  if (!source) return [];
  const taken: FixedProblem[] = [];
  for (const finding of diagnose(platform, path, defaultFindingSettings)) {
    const fix = certainFix(finding);
    if (!fix?.edits.every((edit) => isOpen(edit.path))) continue;
    if (fix.edits.some((edit) => edits.get(edit.path)?.some((other) => clash(edit, other)))) continue;
    for (const edit of fix.edits) edits.set(edit.path, [...(edits.get(edit.path) ?? []), edit]);
    const { code, span } = finding;
    taken.push({ path: toFsPath(path), range: source.rangeOf(span), code, title: fix.title });
  }
  return taken;
}

/** The fix that may be applied without a look; one that makes files is left to a person. */
function certainFix({ fixes = [] }: Finding): Fix | undefined {
  return fixes.find(
    ({ certain, creates = [], edits }) => certain && creates.length === 0 && edits.length > 0,
  );
}

function clash(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end);
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (now, { span, newText }) =>
        now.slice(0, span.start) + newText.replace(/\r?\n/g, lineBreak) + now.slice(span.end),
      text,
    );
}

/** Why a file must stay as it is; '' says nothing to anybody, because nobody would expect it to be touched. */
function obstacle(path: string, platform: Platform): string | undefined {
  const source = platform.source(path);
  if (!source || platform.projectOf(path)?.vendored) return '';
  const file = toFsPath(path);
  try {
    accessSync(file, constants.W_OK);
    // What is not UTF-8 was read with replacement signs, which would be written.
    return readFileSync(file).equals(Buffer.from(source.text))
      ? undefined
      : `${file} is not UTF-8 and was left alone`;
  } catch {
    return `${file} may not be written and was left alone`;
  }
}

function write(
  platform: Platform,
  before: ReadonlyMap<string, string>,
  shadow: Map<string, FileText>,
): readonly string[] {
  const failures: string[] = [];
  for (const [path, text] of before) {
    const file = toFsPath(path);
    const now = platform.source(path)?.text;
    try {
      if (readFileSync(file, 'utf8') !== text)
        failures.push(`${file} was changed meanwhile and was left alone`);
      else if (now !== undefined && now !== text) writeAtomically(file, now);
    } catch (error) {
      failures.push(
        `${file} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  shadow.clear();
  platform.update(before.keys());
  return failures;
}
