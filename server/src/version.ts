import manifest from '../../package.json' with { type: 'json' };

/** Of this build of Penstock. */
export const version: string = manifest.version;
