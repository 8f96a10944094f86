/** Put in by the bundler: a hash of all that decides how files are read. */
declare const PENSTOCK_BUILD: string | undefined;

/** Tells this build from others of the same version; undefined where Penstock runs from its sources. */
export const build: string | undefined = typeof PENSTOCK_BUILD === 'undefined' ? undefined : PENSTOCK_BUILD;
