import { duckdbFileKind } from '../../core/shared-names.ts';
import { defineSystem, type Claim, type Parsed, type Project } from '../../core/system.ts';
import { pathValuesIn } from '../../core/path-values.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { dbtActions } from './actions.ts';
import { jinjaSignature } from './assist-jinja.ts';
import { parseCatalogs } from './catalogs.ts';
import { dbtChecks } from './checks.ts';
import { claimDbtFile, type DbtFileKind } from './claim.ts';
import { previewDbt } from './compiled.ts';
import { catalog } from './columns/catalog.ts';
import { dbtCommands } from './command-words.ts';
import { completeDbt } from './complete.ts';
import { parseDocs } from './docs.ts';
import { parseFixture } from './fixture.ts';
import { withFolders } from './folder-facts.ts';
import { parseFunction } from './function.ts';
import { dbtFlows } from './flows.ts';
import { dbtFolds } from './folds.ts';
import { hoverDbt } from './hover.ts';
import { layoutFiles, openDbtProject } from './layout.ts';
import { lastRunOf, runArtifacts, runIdOf } from './last-run.ts';
import { dbtLinks } from './links.ts';
import { dbtNames } from './names.ts';
import { keepsName, namedAfter } from './named-after.ts';
import { parseLock, parsePackages } from './packages.ts';
import { retryStep } from './retry.ts';
import { parseProfiles, secretsAtHome, secretsOf } from './profiles.ts';
import { DbtInterpreter } from './progress.ts';
import { projectNames } from './project-names.ts';
import { projectFactRules, projectRules } from './project-rules.ts';
import { parseProject } from './project.ts';
import { parseProperties } from './properties.ts';
import { propertiesNames } from './properties-names.ts';
import { propertiesFactRules, propertiesRules } from './properties-rules.ts';
import { parsePython } from './python.ts';
import { parseSeed } from './seed.ts';
import { parseSelectors } from './selectors.ts';
import { renamedPath } from './renamed-path.ts';
import { schema } from './rules/schema.ts';
import { dbtStepOptions } from './options/step-options.ts';
import { dbtSelection } from './selection.ts';
import { tempered } from './second-line.ts';
import { dbtTokens } from './semantic-tokens.ts';
import { parseSql } from './sql.ts';
import { sqlFactRules, sqlRules } from './sql-rules.ts';
import { distributions } from './required-version.ts';
import { stepPlaces } from './step-places.ts';
import { dbtSteps, dbtStepVariants, installDbt } from './steps.ts';
import { dbtTests } from './tests.ts';
import { dbtSymbols } from './symbols.ts';
import { withTags } from './tags.ts';
import { parseVars } from './vars.ts';

const readers: Readonly<Record<DbtFileKind, (source: SourceFile, claim: Claim, project: Project) => Parsed>> =
  {
    project: (source, _claim, project) => parseProject(source, project),
    profiles: (source, _claim, project) => parseProfiles(source, project),
    packages: parsePackages,
    dependencies: parsePackages,
    lock: (source, _claim, project) => parseLock(source, project),
    selectors: (source, _claim, project) => parseSelectors(source, project),
    catalogs: (source, _claim, project) => parseCatalogs(source, project),
    vars: (source, _claim, project) => parseVars(source, project),
    properties: (source, _claim, project) => parseProperties(source, project),
    model: parseSql,
    snapshot: parseSql,
    test: parseSql,
    macro: parseSql,
    analysis: parseSql,
    'python-model': parsePython,
    seed: parseSeed,
    fixture: parseFixture,
    function: parseFunction,
    docs: (source, _claim, project) => parseDocs(source, project),
  };

/** Everything Penstock knows of dbt. */
export const dbt = defineSystem({
  id: 'dbt',
  title: 'dbt',
  icon: 'database',
  markers: ['dbt_project.yml'],
  tool: { executable: 'dbt', distributions, install: installDbt },
  setUp: ({ root }) => [
    {
      what: 'profiles',
      places: [
        { variable: 'DBT_PROFILES_DIR', file: 'profiles.yml' },
        { path: `${root}/profiles.yml` },
        { atHome: '.dbt/profiles.yml' },
      ],
    },
  ],
  names: [...dbtNames, ...projectNames, ...propertiesNames, duckdbFileKind],
  rules: [schema, ...propertiesRules, ...projectRules, ...sqlRules],
  factRules: [...projectFactRules, ...propertiesFactRules, ...sqlFactRules],
  openProject: openDbtProject,
  layoutFiles,
  claim: claimDbtFile,
  parse: (source, claim, project) =>
    withTags(
      withFolders(readers[claim.kind as DbtFileKind](source, claim, project), source, claim, project),
      source,
      claim,
      project,
    ),
  tempered,
  flows: dbtFlows,
  steps: dbtSteps,
  checks: dbtChecks,
  variants: dbtStepVariants,
  options: dbtStepOptions,
  selection: dbtSelection,
  commands: dbtCommands,
  interpret: () => new DbtInterpreter(),
  preview: previewDbt,
  complete: completeDbt,
  artifacts: (project, question) => (question === 'completion' ? [catalog(project)] : runArtifacts(project)),
  runId: runIdOf,
  lastRun: lastRunOf,
  stepPlaces,
  tests: dbtTests,
  hover: hoverDbt,
  signature: jinjaSignature,
  symbols: dbtSymbols,
  folds: dbtFolds,
  links: dbtLinks,
  paths: ({ source, tree, claim }) => (tree && claim.kind === 'profiles' ? pathValuesIn(source, tree) : []),
  tokens: dbtTokens,
  actions: dbtActions,
  renamedPath,
  keepsName,
  namedAfter,
  variableReference: (name, { claim: { format } }) =>
    format === 'yaml' ? `{{ env_var('${name}') }}` : undefined,
  retry: retryStep,
  secrets: secretsOf,
  secretsAtHome,
});
