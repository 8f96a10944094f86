import { ownCopy } from '../../core/own-copy.ts';
import type { PlanLink } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { References } from './markdown.ts';

/** A path with a folder or under a word that announces it: `docs/X.md`, `Reference: plan.md`. */
const writtenPath =
  /(?<![\w/.:@~<>{}$-]|(?<!\*)\*)((?:\.{1,2}\/)?(?:[\w.-]+\/)+[\w.-]+\.[a-z]\w{0,4})(?![\w/{}-]|\*(?!\*))/gi;

/**
 * The files that a stretch of a document names: targets of its links, and paths with a folder and an ending in bold, code or plain
 * text. Addresses, anchors, patterns and what stands inside fences are none.
 */
export function readLinks(references: References, text: string): readonly PlanLink[] {
  const links = references.links.flatMap(({ url, span }): readonly PlanLink[] => {
    const target = fileOf(url);
    return target === undefined ? [] : [{ target, span: placeOf(target, span, text), kind: 'link' }];
  });
  const covered = new Set(references.links.map(({ span }) => span));
  const texts = references.texts.flatMap(({ start, end }): readonly PlanLink[] => {
    const raw = text.slice(start, end);
    if (!raw.includes('/')) return none;
    return [...ownCopy(raw).matchAll(writtenPath)].map((match) => {
      const at = start + match.index;
      return { target: match[1]!, span: { start: at, end: at + match[1]!.length }, kind: 'text' };
    });
  });
  const isFree = ({ span }: PlanLink): boolean =>
    ![...covered].some((link) => span.start < link.end && link.start < span.end);
  return [...links, ...texts.filter(isFree)].sort((a, b) => a.span.start - b.span.start);
}

const none: readonly never[] = [];

function fileOf(url: string): string | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#|\{)/i.test(url) || /[*<>{}]/.test(url)) return undefined;
  const path = url.replace(/[?#].*$/, '');
  return path === '' ? undefined : path;
}

/** Where the target is written in its link: behind the text's bracket, or the whole link where it is written in signs. */
function placeOf(target: string, link: Span, text: string): Span {
  const raw = text.slice(link.start, link.end);
  const at = raw.indexOf(target, Math.max(0, raw.lastIndexOf(']')));
  return at < 0 ? link : { start: link.start + at, end: link.start + at + target.length };
}
