import type { CategoryView, CheckState, ReadinessView } from './protocol.ts';

export interface Look {
  /** A codicon's name. */
  readonly icon: string;
  /** The same as one character, where there are no icons. */
  readonly mark: string;
  readonly word: string;
  /** The last part of the class that gives the colour; the icon and the word tell the state, too. */
  readonly tone: 'passed' | 'failed' | 'warned' | 'muted' | 'active';
}

/** How the state of a check looks and is called, what wants attention most first. */
export const checkLooks: Readonly<Record<CheckState, Look>> = {
  failed: { icon: 'error', mark: '✗', word: 'Failed', tone: 'failed' },
  stale: { icon: 'history', mark: '⌛', word: 'Stale', tone: 'warned' },
  unknown: { icon: 'question', mark: '?', word: 'Not known', tone: 'muted' },
  warning: { icon: 'warning', mark: '!', word: 'Warning', tone: 'warned' },
  waived: { icon: 'law', mark: '~', word: 'Waived', tone: 'muted' },
  passed: { icon: 'pass-filled', mark: '✓', word: 'Passed', tone: 'passed' },
  'not-applicable': { icon: 'circle-slash', mark: '–', word: 'Not applicable', tone: 'muted' },
};

/** What wants attention most first. */
export const checkStates = Object.keys(checkLooks) as readonly CheckState[];

/** How the whole looks. */
export const verdictLooks: Readonly<Record<ReadinessView['state'], Look>> = {
  ready: { icon: 'pass-filled', mark: '✓', word: 'Ready', tone: 'passed' },
  'not-ready': { icon: 'error', mark: '✗', word: 'Not ready', tone: 'failed' },
  unknown: { icon: 'question', mark: '?', word: 'Not known', tone: 'muted' },
};

/** What a category's readiness is worth, in a word. */
export const levelWords: Readonly<Record<CategoryView['level'], string>> = {
  none: 'Nothing',
  claimed: 'Claimed only',
  checked: 'Checked',
  proven: 'Proven',
  production: 'Production',
};

/** The level that comes after. */
export const nextLevel: Readonly<Record<CategoryView['level'], string>> = {
  none: levelWords.claimed,
  claimed: levelWords.checked,
  checked: levelWords.proven,
  proven: levelWords.production,
  production: '',
};

/** '3 passed, 1 failed', what wants attention most first and what is none left out. */
export function countsText(counts: ReadinessView['counts']): string {
  const parts = checkStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${checkLooks[state].word.toLowerCase()}`);
  return parts.length === 0 ? 'no check' : parts.join(', ');
}

/** '7 checks: 1 failed, 6 passed', and how many more count only once somebody asks for them. */
export function checksText({ checks, counts }: Pick<ReadinessView, 'checks' | 'counts'>): string {
  const counting = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const others = checks.length - counting;
  const more = others > 0 ? ` · ${others} more when asked for` : '';
  return `${counting} ${counting === 1 ? 'check' : 'checks'}: ${countsText(counts)}${more}`;
}
