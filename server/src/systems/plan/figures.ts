import type { Span } from '../../core/span.ts';
import type { BlockTexts } from './block-texts.ts';
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
    /^(?:updated|modified|revised|as of)(?: on)?\s*:\s*([^\n|·•]{1,60})/im.exec(text);
  return match?.[1]!.replace(/[\s*_]+$/, '') || undefined;
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
  new RegExp(String.raw`\b(?:overall|total)\b([^%\n]{0,60}?)(?<![\d.,])${number}`, 'i'),
  new RegExp(String.raw`\breadiness((?:\s+score)?\s*[:=–—-]\s*)${number}`, 'i'),
];

/** A target is no claim: 'overall coverage goal: 90 %'. */
const aim = /\b(?:target|goal|aim|at least|threshold|coverage|minimum)\b|[<>≥≤]/i;

function readOverall(plain: PlainText, text: string): Figures['overall'] {
  for (const claim of claims) {
    const match = claim.exec(plain.text);
    if (!match || aim.test(plain.text)) continue;
    const value = Number(match[2]!.replace(',', '.'));
    const written = new RegExp(String.raw`(?<![\d.,])${match[2]!.replace('.', '\\.')}\s*%`).exec(
      text.slice(plain.span.start, plain.span.end),
    );
    const start = plain.span.start + (written?.index ?? 0);
    if (value <= 100)
      return { value, span: written ? { start, end: start + written[0].length } : plain.span };
  }
  return undefined;
}
