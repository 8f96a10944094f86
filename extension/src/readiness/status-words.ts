import type { ReadinessAnswer } from '../../../server/src/protocol/readiness-requests.ts';
import { escapeMarkdown } from '../../../server/src/core/markdown-text.ts';

/** What the status bar says of readiness. */
export interface StatusWords {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly spoken: string;
  /** True where something is ticked but fails, or a check failed: worth a colour. */
  readonly isGrave: boolean;
}

const icons = { ready: 'pass', 'not-ready': 'error', unknown: 'question' } as const;
const words = { ready: 'Ready', 'not-ready': 'Not ready', unknown: 'Readiness not known' } as const;

/** Readiness in a few words; undefined where nobody wrote a plan or a check, for there is nothing to say. */
export function statusWords(answer: ReadinessAnswer | undefined): StatusWords | undefined {
  if (!answer) return undefined;
  const { state, verdict, total, items, checks } = answer;
  const isAsked = items.length > 0 || checks.some(({ uri }) => uri !== undefined);
  if (!isAsked) return undefined;
  const failed = checks.filter((check) => check.state === 'failed').length;
  const ticked = items.filter(({ standing }) => standing === 'ticked-but-failing').length;
  const parts = [
    words[state],
    ...(ticked > 0 ? [`${ticked} ticked but failing`] : failed > 0 ? [`${failed} failed`] : []),
    ...(total.proven === undefined ? [] : [`${total.proven} % proven`]),
  ];
  const said = parts.join(' · ');
  const sentence = `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.`;
  return {
    text: `$(${icons[state]}) ${said}`,
    tooltip: `**Readiness**\n\n${escapeMarkdown(sentence)}\n\nClick to see claims and evidence side by side.`,
    spoken: `Readiness: ${parts.join(', ')}`,
    isGrave: ticked > 0,
  };
}
