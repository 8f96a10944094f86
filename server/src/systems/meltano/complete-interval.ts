import type { YamlPlace } from '../../core/schema/yaml-place.ts';
import { touches, type Span } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { get } from '../../core/tree.ts';
import { cronAliases } from './cron.ts';
import { readCron } from './cron-times.ts';
import { inWords } from './cron-words.ts';
import type { ProjectModel, Schedule } from './model.ts';

/** Beginnings that people change to their own times. */
const expressions = [
  '*/15 * * * *',
  '30 * * * *',
  '0 */6 * * *',
  '0 3 * * *',
  '0 6 * * mon-fri',
  '0 0 * * mon',
  '0 0 1 * *',
];

/** When a schedule may run, each in words: behind the colon, and inside of an interval. Undefined elsewhere. */
export function completeInterval(
  { model: { schedules }, source }: Pick<ParsedFile<ProjectModel>, 'model' | 'source'>,
  place: YamlPlace | undefined,
  offset: number,
): readonly Suggestion[] | undefined {
  const typed = schedules.flatMap(writtenInterval).find((span) => touches(span, offset));
  const [top, , key] = place?.pointer ?? [];
  const isBehindColon = place?.kind === 'value' && top === 'schedules' && key === 'interval';
  const span = typed ?? (isBehindColon ? place.span : undefined);
  if (!span) return undefined;
  const isQuoted = typed !== undefined && isInQuotes(source.text, typed);
  return [...cronAliases, ...expressions].map((label) => {
    const cron = readCron(label);
    const detail = cron ? inWords(cron) : 'only when it is started by hand';
    return { label, kind: 'value', detail, insertText: isQuoted ? label : `'${label}'`, span };
  });
}

/** Two quotes with nothing between them are an interval about to be typed. */
function writtenInterval({ node }: Schedule): readonly Span[] {
  const interval = get(node, 'interval');
  return interval?.kind === 'scalar' && typeof interval.value === 'string' ? [interval.span] : [];
}

function isInQuotes(text: string, { start, end }: Span): boolean {
  const quote = text[start - 1];
  return (quote === "'" || quote === '"') && text[end] === quote;
}
