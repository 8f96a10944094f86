/** Kinds of settings, as Meltano writes them: in small letters. The last two are deprecated. */
export const settingKinds: readonly string[] = [
  'oauth',
  'date_iso8601',
  'file',
  'email',
  'integer',
  'decimal',
  'options',
  'object',
  'array',
  'boolean',
  'string',
  'hidden',
  'password',
];
