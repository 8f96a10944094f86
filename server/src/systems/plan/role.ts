import { baseName } from '../../core/path.ts';
import type { PlanRole } from '../../core/plan.ts';

const roles: readonly (readonly [role: PlanRole, words: RegExp])[] = [
  ['completed', /\barchived?\b/i],
  ['outstanding', /\b(?:outstanding|remaining|open|pending|current|to-?dos?)\b/i],
  ['completed', /\b(?:completed|finished|done|achievements?|accomplishments?|accomplished|shipped|delivered)\b|\b(?:complete|history)\W*$|^\W*history\b/i],
  ['ideas', /\b(?:ideas?|wish ?list|someday|brainstorm(?:ing)?|proposals?|future (?:enhancements?|features?|work|improvements?)|parking lot|ice ?box)\b/i],
  ['roadmap', /\b(?:road ?maps?|milestones?|release plan|vision)\b/i],
]; // prettier-ignore

/** What a document is among those of one plan, by its file's name, then by its title: 'completed-tasks.md', '# Ideas'. */
export function roleOf(title: string, path: string): PlanRole {
  const name = baseName(path)
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[_.-]+/g, ' ');
  for (const text of [name, title]) {
    const found = roles.find(([, words]) => words.test(text));
    if (found) return found[0];
  }
  return 'outstanding';
}
