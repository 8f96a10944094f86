/** What a heading says its section is about; undefined where it leaves that to the heading above it. */
export type Topic = 'criteria' | 'blockers' | 'risks' | 'legend' | 'tasks' | 'other';

const topics: readonly (readonly [topic: Topic, heading: RegExp])[] = [
  ['other', /\b(?:resolved|former|past|cleared|questions?|references?|retro(?:spective)?|changelog)\b/i],
  ['other', /^(?!.*\brisks?\b).*\bmitigations?\b/i],
  ['legend', /^(?:legend|key|notation|(?:status|priority|symbol|emoji)\s+(?:legend|key|definitions?|values|meanings?|levels?|guide))\b/i],
  ['criteria', /\bcriteria\b|\bsuccess metrics?\b|\bdefinition of (?:done|ready)\b|\bexit conditions?\b/i],
  ['blockers', /\b(?:blockers?|impediments?)\b/i],
  ['risks', /\brisks?\b/i],
  ['tasks', /\b(?:tasks?|to-?dos?|backlog|action items?|work items?|deliverables?|outstanding|remaining)\b/i],
]; // prettier-ignore

export function topicOf(heading: string): Topic | undefined {
  return topics.find(([, words]) => words.test(heading))?.[0];
}

/** True where a document's first heading or file name announces a list of work. */
export function soundsLikePlan(title: string): boolean {
  return /\b(?:tasks?|to[- ]?dos?|roadmap|plan|planning|backlog|outstanding|action items?|milestones?|sprint|work items?|tracker)\b/i.test(
    title.replaceAll(/[_.]/g, ' '),
  );
}
