import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located } from '../../../core/facts.ts';
import type { Fix } from '../../../core/finding.ts';
import { baseName } from '../../../core/path.ts';
import { whereNamespaces } from '../../../core/services.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { allOf, ownOf, type DuckdbFile, type Worded } from '../../../core/vocabulary.ts';
import { describeSpot } from '../../../core/where.ts';
import { apart, wayTo } from '../between-paths.ts';
import { byPlace } from '../by-place.ts';
import { mayBeOne, spotsOf } from '../opened-file.ts';

type File = Definition & { readonly data: DuckdbFile };
type Other = Worded<'duckdb.file'>;

/**
 * Two tools that are meant to share a DuckDB file, and open two: `warehouse/shop.duckdb` means one file to Meltano and
 * another to dbt, since each takes it from its own folder. Loads then seem to vanish.
 */
export const otherDuckdbFile: BetweenRule = {
  id: 'platform/other-duckdb-file',
  severity: 'warning',
  over: ['duckdb.file', ...whereNamespaces],
  check({ path, facts: own }, facts, report) {
    for (const file of ownOf(own, 'duckdb.file')) {
      if (file.data.chosen === 'no') continue;
      const meant = meantBy({ ...file, path }, facts);
      if (!meant) continue;
      const related = [
        { path: meant.path, span: meant.span, message: `the file that ${openerOf(meant)} opens` },
      ];
      const fix = fixOf({ ...file, path }, meant, facts);
      report(file, messageOf(file, meant, facts), { related, fixes: fix ? [fix] : [] });
    }
  },
};

/** The file of the same name elsewhere that another tool fills; undefined where all is well or nobody can tell. */
function meantBy(file: Located<File>, facts: FactReader): Other | undefined {
  const all = allOf(facts, 'duckdb.file');
  const fillers = all.filter(({ data }) => data.system !== file.data.system && isFilledFor(file.data, data));
  if (fillers.some((other) => mayBeOne(file, other, facts) === true)) return undefined;
  const named = fillers.filter(
    (other) => other.data.access !== 'write' && baseName(other.name) === baseName(file.name),
  );
  if (named.some((other) => mayBeOne(file, other, facts) === undefined)) return undefined;
  return named.filter((other) => !isOpenedAsMeant(other, file, all, facts)).sort(byPlace)[0];
}

/** What is built is built from what others load, or a script brings; what is only read may be filled in any way. */
function isFilledFor({ access }: DuckdbFile, other: DuckdbFile): boolean {
  return access === 'build' ? fills(other) : access === 'read' && other.access !== 'read';
}

function fills({ access }: DuckdbFile): boolean {
  return access === 'load' || access === 'write';
}

/** The filled file has its user already, so that this one is most likely another platform's. */
function isOpenedAsMeant(other: Other, { data }: File, all: readonly Other[], facts: FactReader): boolean {
  const users = all.filter((user) => user.data.system === data.system && user.data.project !== data.project);
  return users.some((user) => mayBeOne(user, other, facts) !== false);
}

function messageOf(file: File, meant: Other, facts: FactReader): string {
  const [here] = spotsOf(file, facts)!;
  const [there] = spotsOf(meant, facts)!;
  const isNear = here!.at === 'workspace' && there!.at === 'workspace';
  const [mine, others] = isNear
    ? apart(here!.path, there!.path).map((each) => `\`${each}\``)
    : [describeSpot(here!, []), describeSpot(there!, [])];
  const from = file.data.path.startsWith('/') ? '' : `, taken from ${file.data.base}`;
  const whence = meant.data.path.startsWith('/') ? '' : `, taken from ${meant.data.base}`;
  return `${openerOf(file)} opens ${mine} here${from}, and ${openerOf(meant)} fills ${others}${whence}; name that file if one is meant`;
}

function openerOf({ data }: File): string {
  return data.opener;
}

/** Another way to write the path, where it stands as it is read. */
function fixOf(file: Located<File>, meant: Other, facts: FactReader): Fix | undefined {
  const { data, span, path } = file;
  const spots = [spotsOf(file, facts)?.[0], spotsOf(meant, facts)?.[0]];
  if (data.path.startsWith('/') || span.end - span.start !== data.path.length) return undefined;
  if (spots.some((spot) => spot?.at !== 'workspace')) return undefined;
  const newText = wayTo(spots[1]!.path, data.project);
  return { title: `Change to \`${newText}\``, edits: [{ path, span, newText }], certain: false };
}
