import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { closest } from '../core/closest.ts';
import type { Waiver } from '../core/evidence.ts';
import type { Platform } from '../core/platform.ts';
import { createHistoryFile } from '../evidence/history-file.ts';
import { toFsPath } from '../files/node-files.ts';
import { nextEntry } from '../readiness/history.ts';
import { gravity } from '../readiness/item-standing.ts';
import { isCounted, rollUp } from '../readiness/roll-up.ts';
import { endedWaiver, isGood } from '../readiness/settle.ts';
import type { CheckReadiness, ReadinessSnapshot } from '../readiness/snapshot.ts';
import { trendOf, type Trend } from '../readiness/trend.ts';
import { annotation, checkGithub } from './check-github.ts';
import type { ReportStyle } from './check-report.ts';
import { checkSarif } from './check-sarif.ts';
import type { ReportHost } from './host.ts';
import { pageReader } from './pages.ts';
import { onlyChecks } from './readiness-focus.ts';
import { readinessJson } from './readiness-json.ts';
import { readinessJunit } from './readiness-junit.ts';
import { readinessMarkdown } from './readiness-markdown.ts';
import { lookAtAll } from './look-at-all.ts';
import { plainOptions, type ReadinessOptions } from './readiness-options.ts';
import { reportOf } from './readiness-report.ts';
import { readinessText } from './readiness-text.ts';

/** What a format needs beyond the snapshot. */
export interface ReadinessStyle extends ReportStyle {
  readonly platform: Platform;
  readonly trend: Trend;
  /** Whether the exit status says so: by the verdict, or by thresholds in its place. */
  readonly passes: boolean;
  /** The waiver that a check has no more; undefined where it never had one, still has one, or needs none. */
  readonly endedOf: (check: CheckReadiness) => Waiver | undefined;
  /** How a file (URI path) is called. */
  readonly place: (path: string) => string;
  /** One-based line of a place. */
  readonly lineOf: (place: { readonly path: string; readonly span: { readonly start: number } }) => number;
}

/** How a snapshot is written, by the name of the format. */
export const readinessFormats = {
  text: readinessText,
  json: readinessJson,
  junit: readinessJunit,
  sarif: (snapshot, style) => {
    const { state, verdict } = snapshot;
    return checkSarif(reportOf(snapshot, style.platform), style, { state, verdict });
  },
  markdown: readinessMarkdown,
  github: (snapshot, style) =>
    `${verdictAnnotation(snapshot, style)}${checkGithub(reportOf(snapshot, style.platform), style)}`,
} satisfies Readonly<Record<string, (snapshot: ReadinessSnapshot, style: ReadinessStyle) => string>>;

export interface ReadinessArgs {
  /** A folder of the platform; the working directory where absent. */
  readonly path: string | undefined;
  readonly format: keyof typeof readinessFormats;
  readonly options?: ReadinessOptions;
}

/** Prints what plans claim beside what checks show. Exit status: 0 ready, 1 not ready or unknown, 2 could not run. */
export async function runReadiness(
  { path = '.', format, options = plainOptions }: ReadinessArgs,
  {
    io,
    version,
    pages,
    openWorkspace,
    systems,
  }: Pick<ReportHost, 'io' | 'openWorkspace' | 'version' | 'pages' | 'systems'>,
): Promise<number> {
  const folder = resolve(io.cwd, path);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const why = found
      ? `${path} is a file; name the folder of a platform`
      : `there is no folder ${path}; name one that exists`;
    io.err(`penstock readiness: ${why}\n`);
    return 2;
  }
  const platform = await openWorkspace(folder);
  const snapshot = await lookAtAll(platform, options, systems);
  const trend = await recordAndRead(platform, snapshot, options);
  const unknown = options.checks.find((id) => !snapshot.checks.some((check) => check.id === id));
  if (unknown !== undefined) {
    const near = closest(
      unknown,
      snapshot.checks.map(({ id }) => id),
    );
    const hint = near === undefined ? '`penstock readiness` lists them' : `did you mean \`${near}\`?`;
    io.err(`penstock readiness: there is no check \`${unknown}\`; ${hint}\n`);
    return 2;
  }
  const status = statusOf(snapshot, options);
  const passes = status === 0;
  const endedOf = (check: CheckReadiness): Waiver | undefined =>
    check.state === 'passed' ? undefined : endedWaiver(check, snapshot.waivers, snapshot.takenMs);
  const style = { ...styleOf(platform, { cwd: io.cwd, version, pages }), trend, passes, endedOf };
  const told = options.checks.length === 0 ? snapshot : onlyChecks(snapshot, options.checks);
  io.out(readinessFormats[format](told, style));
  return status;
}

/** A job that fails says why, also where no line of a file does. */
function verdictAnnotation({ verdict }: ReadinessSnapshot, { passes }: ReadinessStyle): string {
  return annotation(passes ? 'notice' : 'error', { title: 'readiness' }, verdict);
}

/** Adds to the history of the workspace, and tells what it shows. */
async function recordAndRead(
  platform: Platform,
  snapshot: ReadinessSnapshot,
  { history: isKept }: ReadinessOptions,
): Promise<Trend> {
  const [folder] = platform.folders;
  const history = createHistoryFile();
  const entries = folder === undefined ? [] : await history.read(folder);
  const entry = nextEntry(entries, snapshot);
  if (entry && isKept && folder !== undefined) await history.append(folder, entry);
  const all = entry ? [...entries, entry] : entries;
  return trendOf(all, { waivers: snapshot.waivers, nowMs: snapshot.takenMs });
}

function styleOf(
  platform: Platform,
  {
    cwd,
    version,
    pages,
  }: { readonly cwd: string; readonly version: string; readonly pages: string | undefined },
): Omit<ReadinessStyle, 'trend' | 'passes' | 'endedOf'> {
  return {
    platform,
    base: cwd,
    version,
    hasColors: false,
    pageOf: pageReader(pages),
    place: (uriPath) => relative(cwd, toFsPath(uriPath)).replaceAll('\\', '/') || '.',
    lineOf: ({ path, span }) => (platform.source(path)?.positionAt(span.start).line ?? 0) + 1,
  };
}

/** The verdict decides, or the thresholds that somebody names instead; where checks are named, they alone are judged. */
function statusOf(
  { state, checks }: ReadinessSnapshot,
  { failOn, min, checks: chosen }: ReadinessOptions,
): number {
  const isAll = chosen.length === 0;
  const judged = checks.filter((check) => (isAll ? isCounted(check) : chosen.includes(check.id)));
  if (failOn === undefined && min === undefined)
    return (isAll ? state === 'ready' : judged.every((check) => isGood(check.state))) ? 0 : 1;
  const worst = failOn === undefined ? -1 : gravity.indexOf(failOn);
  const isGrave = judged.some((check) => gravity.indexOf(check.state) <= worst);
  return isGrave || (min !== undefined && (rollUp(judged).proven ?? 0) < min) ? 1 : 0;
}
