import { isSentence } from './labels.ts';
import type { ListBlock } from './markdown.ts';

/** What a heading says its section is about; undefined where it leaves that to the heading above it. */
export type Topic = 'criteria' | 'blockers' | 'risks' | 'legend' | 'tasks' | 'state' | 'other';

const topics: readonly (readonly [topic: Topic, heading: RegExp])[] = [
  ['other', /\b(?:resolved|former|past|cleared|questions?|references?|retro(?:spective)?|changelog)\b/i],
  ['other', /^(?!.*\brisks?\b).*\bmitigations?\b/i],
  ['legend', /^\W*(?:legend|notation|key(?=\W*$)|(?:status|priority|symbol|emoji)\s+(?:legend|key|definitions?|values|meanings?|levels?|guide))\b/i],
  ['criteria', /\bcriteria\b|\bsuccess metrics?\b|\bdefinition of (?:done|ready)\b|\bexit conditions?\b|^done when\b|^acceptance\W*$/i],
  ['tasks', /\b(?:tasks|to-?dos|action items)\W*$/i],
  ['blockers', /\b(?:blockers?|impediments?)\b/i],
  ['risks', /\brisks?\b/i],
  ['tasks', /\b(?:tasks?|to-?dos?|backlog|action items?|work items?|deliverables?|outstanding|remaining)\b/i],
  ['other', /^\W*(?:context|related(?: \w+)?)\s*(?:$|[—–:(-])/i],
  ['state', /\b(?:current (?:state|status)|where we (?:are|stand))\b/i],
  ['other', /^(?:table of )?contents$|\b(?:notes?|how (?:to|we|it)|philosophy|overview|introduction|background|principles?|guidelines?|conventions?|best practices|lessons|decisions?|rationale|pros|cons|benefits|(?:dis)?advantages|drawbacks|trade-?offs|metrics|glossary|appendix|resources|links|see also|non-goals|out of scope)\b/i],
]; // prettier-ignore

/** True where tasks may stand: of a state ('Current status') those that say how they are themselves. */
export function mayHoldWork(topic: Topic | undefined): boolean {
  return topic === undefined || topic === 'tasks' || topic === 'state';
}

/** What a heading is about by its words. */
export function topicOf(heading: string): Topic | undefined {
  return topics.find(([, words]) => words.test(heading))?.[0];
}

/** What a list is about: what its label says, else what its heading says. */
export function topicOfList(
  { labels, topic }: { readonly labels: ReadonlyMap<ListBlock, string>; readonly topic: Topic | undefined },
  list: ListBlock,
): Topic | undefined {
  const label = labels.get(list);
  return (label === undefined || isSentence(label) ? undefined : topicOf(label)) ?? topic;
}

/** True where a list under this heading or label is work even without a mark on each entry. */
export function announcesWork(heading: string): boolean {
  return /\b(?:goals?|objectives?|milestones?|deliverables?|tasks?|to-?dos?|next steps|action items?|backlog|planned|features?|priorities)\b/i.test(
    heading,
  );
}

/** True where a sentence that leads into a list speaks of what is to come: 'These should be done before anybody may see it:'. */
export function speaksOfWork(sentence: string): boolean {
  return (
    announcesWork(sentence) ||
    /\b(?:enhancements?|improvements?|ideas?|candidates?|proposed|consider(?:ed)?|will|would|should|must|needs?|needed|want|plans?|to be)\b/i.test(
      sentence,
    )
  );
}

const clauseEnd = /[^\p{L}\p{N}\s]+|\b(?:and|for|of|in|by|from|to(?=\s+v?\d))\b/iu;
const atEnd =
  /\b(?:road ?maps?|to ?dos?|backlogs?|ideas|wish ?lists?|milestones)(?:\s+(?:lists?|items?|boards?|trackers?|documents?|docs?|files?|archives?|overview|drafts?|final|new|old|current|[a-z]{2}|v?\d[\d.]*|[qh][1-4]))*$/i;

/**
 * True where a document is a list of work by what it is called, so that its bullets need no mark each: 'ROADMAP-2026',
 * 'Ideas for later'. In 'backlog viewer contract' the word only tells a contract from others.
 */
export function isListOfWork(name: string): boolean {
  const clauses = name.replaceAll(/[_.-]+/g, ' ').split(clauseEnd);
  return clauses.some(
    (clause, at) => atEnd.test(clause.trim()) || (at === 0 && /^\s*(?:road ?map|to ?dos?)\b/i.test(clause)),
  );
}

/** True where a document is called after what is done, and nothing else: 'Completed', 'done', 'Finished items'. */
export function isCalledFinished(name: string): boolean {
  return /^(?:completed|finished|done)(?: (?:items?|milestones?|work))?$/i.test(
    name.replaceAll(/[_.-]+/g, ' ').trim(),
  );
}

/** True where a document's first heading or file name announces a list of work. */
export function soundsLikePlan(title: string): boolean {
  return /\b(?:tasks?|to[- ]?dos?|roadmap|plan|planning|backlog|outstanding|action items?|milestones?|sprint|work items?|tracker|(?:implementation|project|development|migration|feature|delivery) (?:status|progress))\b/i.test(
    title.replaceAll(/[_.]/g, ' '),
  );
}
