/** What a check can be about: the ids of all systems of the registry, which systems themselves do not see. */
export const systemIds = [
  'dbt',
  'meltano',
  'penstock',
  'plan',
  'compose',
  'singer',
  'env',
  'evidence',
  'gx',
  'streamlit',
  'coverage-report',
  'pytest',
  'python-project',
  'platform',
] as const;
