import type { CancellationToken } from '../core/cancellation.ts';
import type { Check } from '../core/evidence.ts';
import type { FactReader } from '../core/fact-index.ts';
import type { Answer } from './settle.ts';

/** What probes may use of the world; who asks decides. */
export interface ProbeLimits {
  /** False in a workspace that nobody vouches for: nothing is connected to or started then. */
  readonly isTrusted: boolean;
  /** Hosts besides this machine that may be connected to; `*.example.com` stands for all below it. */
  readonly allowedHosts: readonly string[];
  /** Environments, folders or programs that the user named; they come first. */
  readonly environments: readonly string[];
  /** The workspace's folders (URI paths). */
  readonly folders: readonly string[];
  /** Values that must not be shown, besides those of the environment. */
  readonly secrets: readonly string[];
}

/** Finds out what checks ask, by looking at the disk, connecting and starting programs. */
export interface CheckRunner {
  /**
   * Probes all of them side by side, each within its own limit, and tells each answer as it comes. Never rejects but
   * with `OperationCancelled`.
   */
  run(
    checks: readonly Check[],
    options: {
      readonly limits: ProbeLimits;
      /** What is known of the platform: where its tools run. */
      readonly facts: FactReader;
      readonly token: CancellationToken;
      readonly onAnswer: (check: Check, answer: Answer) => void;
    },
  ): Promise<void>;

  /** A check's title without what is secret; a title of its own making holds what it asks, and so may any other. */
  shownTitle?(check: Check, limits: ProbeLimits): string;
}
