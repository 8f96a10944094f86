import type { Claimed } from './project-map.ts';
import { isSameList } from './same-list.ts';

/** Limit: what a file is must show in so many characters. */
const headLength = 8192;

/** Whose the file is that is typed in, from one letter to the next: told anew where its head changed, or what a claim rests on. */
export class ClaimMemory {
  #last:
    | { readonly rests: readonly unknown[]; readonly head: string; readonly claimed: Claimed | undefined }
    | undefined;

  /** As `claim` tells with the head of a file; `rests`, compared by identity, is all that it rests on besides. */
  of(
    rests: readonly unknown[],
    text: () => string,
    claim: (head: () => string) => Claimed | undefined,
  ): Claimed | undefined {
    const last = this.#last;
    const isSame = last !== undefined && isSameList(last.rests, rests);
    if (isSame && last.head === headOf(text())) return last.claimed;
    let asked: string | undefined;
    const claimed = claim(() => (asked ??= headOf(text())));
    // Most are claimed by their paths, which takes no time.
    if (asked !== undefined) this.#last = { rests, head: asked, claimed };
    return claimed;
  }
}

/** The lines that a long text begins with: one that is cut through would look like something else. */
function headOf(text: string): string {
  const head = text.slice(0, headLength);
  return text.length > headLength ? head.slice(0, head.lastIndexOf('\n') + 1) || head : head;
}
