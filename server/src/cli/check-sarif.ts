import type { Severity } from '../core/finding.ts';
import type { Range } from '../core/span.ts';
import type { FoundFix, FoundProblem, Place } from './check-finding.ts';
import { pagePath, type CheckReport, type ReportStyle } from './check-report.ts';
import { fileReference } from './file-name.ts';

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, as code scanning takes it. What was there before is listed too, as unchanged. */
export function checkSarif(
  report: CheckReport,
  style: ReportStyle,
  properties?: Readonly<Record<string, string>>,
): string {
  const { found, known } = report;
  const codes = [...new Set(found.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Penstock',
            version: style.version,
            semanticVersion: style.version,
            rules: codes.map((code) => ruleOf(code, found, style)),
          },
        },
        invocations: [{ executionSuccessful: true }],
        columnKind: 'utf16CodeUnits',
        ...(properties ? { properties } : {}),
        results: withOccurrence(found).map(([problem, occurrence]) => ({
          ruleId: problem.code,
          ruleIndex: codes.indexOf(problem.code),
          level: levels[problem.severity],
          message: { text: problem.message },
          locations: [locationOf(problem, style)],
          partialFingerprints: { 'penstock/v1': `${problem.fingerprint}:${occurrence}` },
          ...(known ? { baselineState: known.has(problem) ? 'unchanged' : 'new' } : {}),
          ...(problem.related.length > 0
            ? {
                relatedLocations: problem.related.map((place, id) => ({
                  id,
                  ...locationOf(place, style),
                  message: { text: place.message },
                })),
              }
            : {}),
          ...(problem.fixes.length > 0 ? { fixes: problem.fixes.map((fix) => fixOf(fix, style)) } : {}),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** Two findings alike in one file are two: the second is told from the first by its number. */
function withOccurrence(found: readonly FoundProblem[]): readonly [FoundProblem, number][] {
  const counts = new Map<string, number>();
  return found.map((problem) => {
    const key = [problem.file, problem.code, problem.fingerprint].join('\0');
    const occurrence = (counts.get(key) ?? 0) + 1;
    counts.set(key, occurrence);
    return [problem, occurrence];
  });
}

function ruleOf(code: string, found: readonly FoundProblem[], { pageOf }: ReportStyle): object {
  const page = pageOf(code);
  const first = found.find((problem) => problem.code === code)!;
  return {
    id: code,
    shortDescription: { text: (page && firstParagraph(page)) ?? code },
    // A rule's address must be a whole one, and Penstock has none: the page itself comes along.
    help: page ? { text: page, markdown: page } : { text: `${pagePath(code)} in Penstock's repository` },
    defaultConfiguration: { level: levels[first.severity] },
    properties: { tags: [code.slice(0, code.indexOf('/'))] },
  };
}

/** What the page says first, behind its title and severity. */
function firstParagraph(page: string): string | undefined {
  const [, said] = page.split(/\r?\n\r?\n/).filter((part) => !part.startsWith('# '));
  return said?.replace(/\s+/g, ' ').trim();
}

function locationOf(place: Place, style: ReportStyle): object {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(place.path, style),
      region: regionOf(place.range),
    },
  };
}

function artifactOf(path: string, { base }: ReportStyle): object {
  const uri = fileReference(base, path);
  return uri.startsWith('file:') ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
}

function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function fixOf({ title, edits }: FoundFix, style: ReportStyle): object {
  return {
    description: { text: title },
    artifactChanges: [...Map.groupBy(edits, ({ path }) => path)].map(([path, changes]) => ({
      artifactLocation: artifactOf(path, style),
      replacements: changes.map(({ range, newText }) => ({
        deletedRegion: regionOf(range),
        insertedContent: { text: newText },
      })),
    })),
  };
}
