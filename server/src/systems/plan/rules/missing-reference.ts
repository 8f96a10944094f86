import { isInside } from '../../../core/path.ts';
import type { PlanLink } from '../../../core/plan.ts';
import type { FactRule } from '../../../core/rule.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { placesOfLink } from '../facts.ts';
import type { PlanModel } from '../model.ts';

/** A document that a plan leads to and that is not there leads nobody anywhere: `Reference: **docs/plan.md**`. */
export const missingReference: FactRule = {
  id: 'plan/missing-reference',
  severity: 'warning',
  check(file, _facts, report) {
    const parsed = file.parsed() as ParsedFile<PlanModel> | undefined;
    if (!parsed) return;
    for (const link of parsed.model.plan.links) {
      if ((link.kind === 'text' && !isReferred(link, parsed)) || onMachine.test(link.target)) continue;
      const places = placesOfLink(link, file.path, file.project);
      // What lies outside of the workspace is nobody's business; folders may be links to anywhere.
      if (!places.every((place) => isInside(place, file.project.root)) || !/\.\w+$/.test(link.target))
        continue;
      if (places.some((place) => file.exists(place))) continue;
      report(link.span, `there is no file \`${link.target}\`; correct the path or write the document`);
    }
  },
};

/** A link that begins so was copied from somebody's machine. */
const onMachine = /^\/(?:tmp|home|Users|root|private|mnt|Volumes)\//;

const announced =
  /\b(?:see(?: also)?|references?|refs?|details?(?: in)?|documented in|described in|documentation|docs|spec(?:ification)?|read|more in|guide|plan)\b[\s:*_`([–—-]*$/i;

/** A path in the text of what is open may be still to be made; behind such words it is said to be there. */
function isReferred({ span }: PlanLink, { model, source }: ParsedFile<PlanModel>): boolean {
  const lineStart = source.text.lastIndexOf('\n', span.start) + 1;
  const entry = model.entries.find((each) => each.span.start <= span.start && span.end <= each.span.end);
  if (entry && entry.item.status !== 'done') return false;
  return announced.test(source.text.slice(lineStart, span.start));
}
