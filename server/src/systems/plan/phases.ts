import type { PlanPhase } from '../../core/plan.ts';
import { isMarkWord } from './marks.ts';
import type { RawSection } from './sections.ts';
import { readStatus, type Legend } from './vocabulary.ts';

const stretch =
  /^(?:phase|stage|milestone|sprint|release|version|iteration|wave|step|week|month|quarter|epic)s?\s+#?(?:\d|[ivx]+\b|[a-h]\d?(?=\W*$|\s*[:.()–—-])|alpha\b|beta\b)|^v?\d+\.\d+|^Q[1-4]\b|^20\d\d\b|^H[12]\b|^(?:now|next|later|short|mid|medium|long)(?:[- ]term)?$/i;

const when =
  /\b(?:Q[1-4](?:\s*[–—-]\s*Q[1-4])?(?:\s*'?\d{2,4})?|H[12]\s*\d{4}|(?:weeks?|months?|days?)\s+\d+(?:\s*[–—-]\s*\d+)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{4}|20\d\d(?:-\d\d(?:-\d\d)?)?(?:\s*[–—-]\s*20\d\d)?)\b/i;

const past =
  /^(?:what(?:'s|’s| has| we(?:'ve)?| was)?\s+)?(?:been\s+)?(?:recently\s+)?(?:shipped|completed|released|done|implemented|finished|achieved|delivered)\b/i;

/** '2. ' before the words of a heading. */
const counted = /^\d+(?:\.\d+)*[.):]?\s+/;

/** True where a heading names a stretch of the road: `Phase 2: Models`, `v1.0`, `Q3 2026`, `Now`. */
export function isPhase({ title, isTop }: RawSection): boolean {
  return !isTop && stretch.test(title);
}

/** The stretches of a road, each with the groups of items below it. */
export function readPhases(
  sections: readonly RawSection[],
  groups: ReadonlyMap<RawSection, string>,
  legend: Legend,
): readonly PlanPhase[] {
  return sections.filter(isPhase).map((section) => {
    const inside = [...groups].filter(([other]) => isIn(other, section)).map(([, group]) => group);
    const due = section.attributes.get('due')?.text;
    return {
      title: section.title,
      status: statusOfSection(section, legend) ?? 'unknown',
      when: when.exec(section.title)?.[0] ?? due,
      groups: inside,
      span: section.heading,
    };
  });
}

/** What the heading, or a line below it, or the nearest heading above it says; undefined where none says anything. */
export function statusOfSection(section: RawSection, legend: Legend): PlanPhase['status'] | undefined {
  for (let at: RawSection | undefined = section; at && !at.isTop; at = at.parent) {
    if (at.mark) return at.mark.status;
    const said = readStatus(at.attributes.get('status')?.text ?? '', legend).status;
    if (said !== 'unknown') return said;
    const title = at.title.replace(counted, '');
    if (past.test(title)) return 'done';
    const bare = statusOfParts(title.replace(/\s+\(.*\)$/, ''), legend);
    if (bare) return bare;
  }
  return undefined;
}

/** 'Archive / Done': the one status that the parts of a title are. */
function statusOfParts(title: string, legend: Legend): PlanPhase['status'] | undefined {
  const parts = title.split(/\s+\/\s+/).map((part) => readStatus(part, legend));
  const said = new Set(parts.flatMap(({ plain, status }) => (plain && status !== 'unknown' ? [status] : [])));
  return said.size === 1 ? [...said][0] : undefined;
}

/** What the line that announces a list says of all in it: 'Implemented', 'Still not implemented', 'Shipped in May'. */
export function statusOfLabel(label: string, legend: Legend): PlanPhase['status'] | undefined {
  if (past.test(label)) return 'done';
  const words = label.replace(/^(?:still|already)\s+/i, '');
  const { status } = readStatus(words, legend);
  return isMarkWord(words, status, legend) ? status : undefined;
}

function isIn(section: RawSection, outer: RawSection): boolean {
  for (let at: RawSection | undefined = section; at; at = at.parent) if (at === outer) return true;
  return false;
}
