/** Extensions that look at the same files, and who then does what. No part of this knows VS Code. */

export type SqlCompletion = 'auto' | 'penstock' | 'other';

/** Lower-case ids of extensions that complete model and source names in SQL. */
export const sqlNeighbours: readonly string[] = [
  'innoverio.vscode-dbt-power-user',
  'dbtlabsinc.dbt',
  'dbtlabs.dbt',
];

/** The extension that checks the syntax of every YAML file and guesses a schema by its name. */
export const yamlNeighbour = 'redhat.vscode-yaml';

/** Files of the systems for which catalogues of schemas hold a guess; the form that `yaml.disableSchemaDetection` takes. */
export const ownYamlGlobs: readonly string[] = [
  '**/penstock.yml',
  '**/penstock.yaml',
  '**/meltano.yml',
  '**/dbt_project.yml',
  '**/dbt_project.yaml',
  '**/profiles.yml',
  '**/packages.yml',
  '**/dependencies.yml',
  '**/selectors.yml',
  '**/catalogs.yml',
  '**/*dbt*/**/models/**/*.yml',
  '**/*dbt*/**/models/**/*.yaml',
  '**/*dbt*/**/seeds/**/*.yml',
  '**/*dbt*/**/snapshots/**/*.yml',
  '**/*dbt*/**/macros/**/*.yml',
  '**/*dbt*/**/analyses/**/*.yml',
];

export interface NeighbourFacts {
  /** Ids of the installed and enabled extensions, any case. */
  readonly extensions: readonly string[];
  readonly sqlCompletion: SqlCompletion;
  /** False where the user switched the YAML extension's checks off (`yaml.validate`). */
  readonly yamlValidates: boolean;
}

export interface Neighbours {
  /** True: Penstock completes names inside SQL. */
  readonly completesSql: boolean;
  /** True: another extension marks broken YAML in open files, so Penstock does not mark it a second time. */
  readonly leavesYamlSyntax: boolean;
  /** True: an extension is there that may put its guess of a schema on Penstock's files. */
  readonly guessesSchemas: boolean;
}

export function decideNeighbours(facts: NeighbourFacts): Neighbours {
  const active = new Set(facts.extensions.map((id) => id.toLowerCase()));
  const other = sqlNeighbours.some((id) => active.has(id));
  return {
    completesSql: facts.sqlCompletion === 'penstock' || (facts.sqlCompletion === 'auto' && !other),
    leavesYamlSyntax: active.has(yamlNeighbour) && facts.yamlValidates,
    guessesSchemas: active.has(yamlNeighbour),
  };
}

/** The globs to write into `yaml.disableSchemaDetection`, those of the user kept; undefined when none is missing. */
export function withOwnGlobs(current: unknown): readonly string[] | undefined {
  const kept = globsOf(current);
  const missing = ownYamlGlobs.filter((glob) => !kept.includes(glob));
  return missing.length === 0 ? undefined : [...kept, ...missing];
}

/** The setting without Penstock's globs; undefined when none is there, an empty list when nothing else was. */
export function withoutOwnGlobs(current: unknown): readonly string[] | undefined {
  const kept = globsOf(current);
  const left = kept.filter((glob) => !ownYamlGlobs.includes(glob));
  return left.length === kept.length ? undefined : left;
}

function globsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Problems of plain YAML that the YAML extension marks at the same place. */
const sharedYamlCodes: ReadonlySet<string> = new Set([
  'yaml/syntax',
  'yaml/tab',
  'yaml/duplicate-key',
  'yaml/duplicate-anchor',
  'yaml/unknown-anchor',
]);

/** True for a finding's code that the YAML extension reports as well. */
export function leftToYamlNeighbour(code: string): boolean {
  return sharedYamlCodes.has(code);
}
