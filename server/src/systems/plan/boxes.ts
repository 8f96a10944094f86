/** What the box of a check list's entry may hold besides GitHub's blank and `x`, as a class of characters: other tools' marks, of which a legend may say what they mean. */
export const otherMarks = '~/!>?-';

/** The box at the beginning of an entry's text; its mark is the first group. */
export const boxBefore = new RegExp(String.raw`^\[([ \txX${otherMarks}])\]([ \t]+)(?=\S)`);

/** An entry from its bullet to the end of its box. */
export const bulletAndBox = new RegExp(
  String.raw`^(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ \txX${otherMarks}])\](?=\s)`,
);

/** Letters in brackets before the bold ones that an entry is called by, behind symbols where there are any: `[DONE] **Load**`. */
export const labelBefore = /^[^\p{L}\p{N}[]*\[[^\]]*\]/u;
