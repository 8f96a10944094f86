/** Sections of dbt_project.yml whose folders dbt looks for things in, as it names them when it warns that there are none. */
export const folderSections = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'data_tests',
  'unit_tests',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'functions',
] as const;

export type FolderSection = (typeof folderSections)[number];

/** The section that a key of dbt_project.yml begins, whichever of its names it bears; undefined for all other keys. */
export function folderSection(key: string): FolderSection | undefined {
  const name = key === 'tests' ? 'data_tests' : key.replaceAll('-', '_');
  return folderSections.find((section) => section === name);
}
