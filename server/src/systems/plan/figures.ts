import { readDate } from '../../core/plan-date.ts';
import type { Span } from '../../core/span.ts';
import type { BlockTexts } from './block-texts.ts';
import { isDay } from './columns.ts';
import type { Document, PlainText } from './markdown.ts';

/** What a plan says of itself as a whole. */
export interface Figures {
  readonly updated: string | undefined;
  readonly updatedSpan: Span | undefined;
  /** How often the document is to be gone through. */
  readonly review: { readonly text: string; readonly span: Span } | undefined;
  readonly overall: { readonly value: number; readonly span: Span } | undefined;
}

/** Finds 'Last Updated: …', 'Review: weekly' and 'Overall Readiness: 68 %' in headings, paragraphs, lists and front matter. */
export function readFigures(document: Document, text: string, texts: BlockTexts): Figures {
  let updated: Written | undefined;
  let review: Written | undefined;
  let overall: Figures['overall'];
  for (const block of document.blocks) {
    for (const plain of texts.matching(words, block)) {
      updated ??= written(readUpdated(plain.text), plain, text);
      review ??= written(readReview(plain.text), plain, text);
      overall ??= readOverall(plain, text);
    }
  }
  const before = frontMatterDate(document.frontMatter);
  if (before !== undefined)
    updated = written(before, { text: before, span: { start: 0, end: text.length } }, text);
  return { updated: updated?.text, updatedSpan: updated?.span, review, overall };
}

/** What all that is looked for has in it. */
const words = /\b(?:last[ -]|updated|modified|revised|as of|review|overall|total|readiness)/i;

interface Written {
  readonly text: string;
  readonly span: Span;
}

/** Words with the place where they are written; the whole stretch where marks stand between them. */
function written(words: string | undefined, { span }: PlainText, text: string): Written | undefined {
  if (words === undefined) return undefined;
  const at = text.slice(span.start, span.end).indexOf(words);
  const start = span.start + at;
  return { text: words, span: at < 0 ? span : { start, end: start + words.length } };
}

function frontMatterDate(keys: ReadonlyMap<string, string>): string | undefined {
  const key = ['last_updated', 'last-updated', 'lastupdated', 'updated'].find((name) => keys.get(name));
  return key === undefined ? undefined : keys.get(key);
}

function readUpdated(text: string): string | undefined {
  const match =
    /\blast[ -](?:updated?|modified|revised)(?: on)?\b[ *_]*:\s*([^\n|·•]{1,60})/i.exec(text) ??
    /\blast[ -](?:updated?|modified|revised)(?: on)?\s+((?=[^\n|·•]*\d)\w[^\n|·•]{3,40})/i.exec(text) ??
    dayOf(/^(?:updated|modified|revised|as of)(?: on)?\s*:\s*([^\n|·•]{1,60})/im.exec(text));
  return match?.[1]!.replace(/[\s*_]+$/, '') || undefined;
}

const ago =
  /^(?:today|yesterday|(?:last|this) (?:week|month|quarter|year)|\d+ (?:day|week|month|year)s? ago)\b/i;

/** 'Updated: the loader of orders' tells what was, and not when. */
function dayOf(match: RegExpExecArray | null): RegExpExecArray | null {
  const said = match?.[1] ?? '';
  return readDate(said) || isDay(said) || ago.test(said) ? match : null;
}

const rhythm = String.raw`(?:daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|yearly|annually|twice\s+a\s+\w+|(?:once\s+)?(?:a|per|each|every)\s+(?:\w+\s+)?(?:day|week|fortnight|sprint|month|quarter|year)s?|every\s+\w+)`;

/** 'Review: Weekly', 'Review cycle: every two weeks', 'reviewed monthly', 'Next review: 2026-05-27'. */
function readReview(text: string): string | undefined {
  const match =
    new RegExp(String.raw`\breview(?:s|ed| \w+)?\s*:\s*(${rhythm}\b[^\n|·•]{0,20})`, 'i').exec(text) ??
    new RegExp(String.raw`\breviewed\s+(${rhythm})\b`, 'i').exec(text) ??
    /\bnext review(?: date)?\s*:\s*([^\n|·•]*\d[^\n|·•]*)/i.exec(text);
  return match?.[1]!.replace(/[\s*_.]+$/, '') || undefined;
}

const number = String.raw`(\d{1,3}(?:[.,]\d+)?)\s*%`;
const claims = [
  new RegExp(
    String.raw`(?<!\bof (?:the )?)\b(?:overall|total)\b(?!\s*,)([^%\n]{0,60}?)(?<![\d.,])${number}`,
    'i',
  ),
  new RegExp(String.raw`\breadiness((?:\s+score)?\s*[:=–—-]\s*)${number}`, 'i'),
];

/** A target is no claim: 'overall coverage goal: 90 %'. */
const aim = /\b(?:target|goal|aim|at least|threshold|coverage|minimum)\b|[<>≥≤]/i;

/** What a share is said to be one of, where it is not of other things: 'Total windows: 176/192 (91.7 %)', 'Overall consistency: 99 %'. */
const ofProgress =
  /^\P{L}*(?:\p{L}+\P{L}+){0,2}?(?:progress|completion|readiness|status|complete|completed|ready)\b/iu;
const besideProgress =
  /^(?:the|our|of|is|are|at|about|around|roughly|approximately|approx|ca|now|currently|stands?|we|it|and|in|on|project|platform|system|product|production|program(?:me)?|plan|roadmap|implementation|development|migration|delivery|phases?|sprints?|milestones?|release|score|done|finished|work|tasks?|steps?|items?|stories|points?|hours?|days?|weeks?)$/i;

/** What a share behind which it stands is one of: '0.43 % return'. */
const ofOther =
  /^\+?\s*(?:returns?|reduction|increase|decrease|growth|faster|slower|consistency|accuracy|success|pass(?:ed|ing)?|uptime|availability|fewer|less|more)\b/i;

function isOfPlan(between: string, behind: string): boolean {
  if (ofOther.test(behind)) return false;
  const words = between.match(/\p{L}+/gu) ?? [];
  return ofProgress.test(between) || words.every((word) => besideProgress.test(word));
}

function readOverall({ text: said, span }: PlainText, text: string): Figures['overall'] {
  let before = '';
  for (const line of said.split('\n')) {
    const share = aim.test(line) ? undefined : shareOfPlan(line);
    if (share !== undefined && Number(share.number.replace(',', '.')) <= 100) {
      const value = Number(share.number.replace(',', '.'));
      return { value, span: placeOfShare(share.number, before + line.slice(0, share.at), { span, text }) };
    }
    before += `${line}\n`;
  }
  return undefined;
}

/** Where a share is written behind words that may name the same one. */
function placeOfShare(
  number: string,
  before: string,
  { span, text }: { readonly span: Span; readonly text: string },
): Span {
  const written = new RegExp(String.raw`(?<![\d.,])${number.replace('.', '\\.')}\s*%`, 'g');
  const earlier = before.match(written)?.length ?? 0;
  const found = [...text.slice(span.start, span.end).matchAll(written)][earlier];
  if (!found) return span;
  const start = span.start + found.index;
  return { start, end: start + found[0].length };
}

/** The number that a line says is how far all is, as it is written, and where the words about it begin. */
function shareOfPlan(line: string): { readonly number: string; readonly at: number } | undefined {
  for (const claim of claims) {
    const match = claim.exec(line);
    if (match && isOfPlan(match[1]!, line.slice(match.index + match[0].length)))
      return { number: match[2]!, at: match.index };
  }
  return undefined;
}
