import { dirname } from 'node:path';
import { withEdits } from '../core/plan-edit.ts';
import { categoryKey } from '../core/plan.ts';
import type { Platform } from '../core/platform.ts';
import { toFsPath } from '../files/node-files.ts';
import { replaceTexts, type Replacement } from '../files/replace-texts.ts';
import { editPlan } from '../language/edit-plan.ts';
import type { CliHost } from './host.ts';
import { lookAtAll } from './look-at-all.ts';
import { changesIn, type PlanChange, type PlanState } from './plan-changes.ts';
import { toJson, unifiedDiff } from './plan-diff.ts';
import { openPlatform, PlanDocuments } from './plan-documents.ts';
import { WrongArgument, type PlanEditArgs } from './plan-edit-args.ts';
import { plainOptions } from './readiness-options.ts';

/** Why a plan cannot be written, in a sentence. */
class Refusal extends Error {}

/**
 * Changes planning documents. Exit status: 0 it is so now (or would be, with `--diff`), 1 it cannot be written, 2 the
 * arguments name nothing that is there.
 */
export async function runPlanEdit(
  args: PlanEditArgs,
  host: Pick<CliHost, 'systems' | 'io' | 'openFolder' | 'openWorkspace'>,
  now = new Date(),
): Promise<number> {
  const { systems, io } = host;
  const platform = await openPlatform(args.options.file, host);
  const documents = new PlanDocuments(platform, systems, io.cwd);
  const proven = args.options.proven ? await provenOf(platform, systems) : undefined;
  const place = (path: string): string => documents.place(path);
  const { file, to, diff, format } = args.options;
  try {
    const paths = file === undefined ? documents.all() : [documents.named(file)];
    let made: readonly Replacement[] = [];
    const make = (): readonly Replacement[] =>
      (made = replacementsOf(args, { documents, paths, now, ...(proven ? { proven } : {}) }));
    make();
    if (!diff) {
      const locked = [
        ...new Set([
          ...paths,
          ...made.map(({ path }) => path),
          ...(to === undefined ? [] : [documents.named(to)]),
        ]),
      ];
      const failed = await replaceTexts(locked.map(toFsPath), () => make().map(onDisk)).catch(notWritten);
      if (failed) throw new Refusal(failed.refused);
    }
    if (format === 'json')
      io.out(`${JSON.stringify(toJson(made, { written: !diff && made.length > 0, place }), undefined, 2)}\n`);
    else if (diff) io.out(unifiedDiff(made, place));
    else io.out(made.length === 0 ? 'nothing to change: the plan says so already\n' : told(made, place));
    return 0;
  } catch (error) {
    if (!(error instanceof WrongArgument) && !(error instanceof Refusal)) throw error;
    io.err(`penstock plan ${args.verb}: ${error.message}\n`);
    return error instanceof Refusal ? 1 : 2;
  }
}

/** What evidence shows of each category, from what can be looked at without connecting and without starting programs. */
async function provenOf(
  platform: Platform,
  systems: CliHost['systems'],
): Promise<ReadonlyMap<string, number>> {
  const { categories } = await lookAtAll(platform, plainOptions, systems);
  return new Map(
    categories.flatMap(({ category, proven }) =>
      proven === undefined ? [] : [[categoryKey(category), proven] as const],
    ),
  );
}

/** Why the disk takes no new text: what the system says is about a file of ours beside the document. */
function notWritten(error: unknown): { readonly refused: string } {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined) throw error;
  const why = ['EACCES', 'EPERM', 'EROFS'].includes(code) ? 'nobody here may write there' : code;
  return { refused: `nothing was written into ${dirname(path)}: ${why}` };
}

function onDisk({ path, from, to }: Replacement): Replacement {
  return { path: toFsPath(path), from, to };
}

interface Look extends Pick<PlanState, 'documents' | 'now' | 'proven'> {
  /** The documents (URI paths) that are meant. */
  readonly paths: readonly string[];
}

/** The new texts of all documents that change, from what lies on disk now. */
function replacementsOf(args: PlanEditArgs, { documents, paths, ...look }: Look): readonly Replacement[] {
  const open = paths.flatMap((path) => documents.open(path) ?? []);
  if (open.length === 0)
    throw new WrongArgument(
      args.options.file === undefined
        ? 'no planning document found here; name one with --file'
        : `there is no document ${args.options.file} that can be read; name one that exists`,
    );
  const changes = changesIn(args, { documents, open, ...look });
  const texts = new Map<string, { readonly from: string; readonly to: string }>();
  for (const [key, same] of Map.groupBy(changes, ({ path, other = '' }) => `${path}\0${other}`)) {
    void key;
    apply(together(same), documents, texts);
  }
  return [...texts].flatMap(([path, { from, to }]) => (from === to ? [] : [{ path, from, to }]));
}

function together(changes: readonly PlanChange[]): PlanChange {
  return { ...changes[0]!, edits: changes.flatMap(({ edits }) => edits) };
}

function apply(
  { path, edits, other }: PlanChange,
  documents: PlanDocuments,
  texts: Map<string, { readonly from: string; readonly to: string }>,
): void {
  const own = documents.open(path);
  const there = other === undefined ? undefined : documents.open(other);
  if (!own || texts.has(path) || (other !== undefined && texts.has(other)))
    throw new Refusal(
      'tasks that go from and to the same documents are changed one after another; name one at a time',
    );
  const outcome = editPlan(own, edits, there?.file);
  if (outcome.kind === 'refused') throw new Refusal(outcome.message);
  // What an item is added to goes first: should the second writing fail, it is there twice rather than nowhere.
  for (const { file } of [...(there ? [there] : []), own]) {
    const from = file.source.text;
    const to = withEdits(
      from,
      outcome.edits.filter((edit) => edit.path === file.source.path),
    );
    texts.set(file.source.path, { from, to });
  }
}

/** The lines that are others now. */
function told(made: readonly Replacement[], place: (path: string) => string): string {
  return toJson(made, { written: true, place })
    .files.flatMap(({ file, changes }) =>
      changes.flatMap(({ line, removed, added }) => [
        `${file}:${line}`,
        ...removed.map((text) => `- ${text}`),
        ...added.map((text) => `+ ${text}`),
      ]),
    )
    .map((line) => `${line}\n`)
    .join('');
}
