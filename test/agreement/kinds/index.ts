import { base } from '../base.ts';
import type { KindGroup, Suite } from '../kind.ts';
import { catalogsKinds } from './catalogs-and-vars.ts';
import { dataTestKinds } from './data-tests.ts';
import { variableKinds } from './env-and-vars.ts';
import { macroKinds } from './macros-and-docs.ts';
import { modelSemanticsKinds } from './model-semantics.ts';
import { modelKinds } from './models.ts';
import { yamlKinds } from './names-and-yaml.ts';
import { packagesKinds } from './packages.ts';
import { profilesKinds } from './profiles.ts';
import { projectKinds } from './project.ts';
import { pythonKinds } from './python.ts';
import { recentKinds } from './recent.ts';
import { resourceKinds } from './resources.ts';
import { selectorsKinds } from './selectors.ts';
import { semanticKinds } from './semantics.ts';
import { sourceKinds } from './sources.ts';
import { sqlKinds } from './sql.ts';
import { unitTestKinds } from './unit-tests.ts';
import { versionKinds } from './versions.ts';

/** All kinds, by what they are about, as the table lists them. */
const kindGroups: readonly KindGroup[] = [
  { title: 'dbt_project.yml', kinds: projectKinds },
  { title: 'profiles.yml', kinds: profilesKinds },
  { title: 'packages.yml and dependencies.yml', kinds: packagesKinds },
  { title: 'selectors.yml', kinds: selectorsKinds },
  { title: 'catalogs.yml and vars.yml', kinds: catalogsKinds },
  { title: 'Variables', kinds: variableKinds },
  { title: 'Models', kinds: modelKinds },
  { title: 'Versions, time spines and batches', kinds: versionKinds },
  { title: 'Data tests', kinds: dataTestKinds },
  { title: 'Sources', kinds: sourceKinds },
  { title: 'Other resources', kinds: resourceKinds },
  { title: 'Unit tests', kinds: unitTestKinds },
  { title: 'Semantic layer', kinds: semanticKinds },
  { title: 'Semantic layer in models', kinds: modelSemanticsKinds },
  { title: 'SQL and Jinja', kinds: sqlKinds },
  { title: 'Macros and docs', kinds: macroKinds },
  { title: 'Python', kinds: pythonKinds },
  { title: 'YAML and names', kinds: yamlKinds },
  { title: 'Projects of late', kinds: recentKinds },
];

export const dbtSuite: Suite = {
  tool: 'dbt',
  base,
  groups: kindGroups,
  command: ({ options: { found, select } }) =>
    found === 'run' ? ['build', ...(select === undefined ? [] : ['--select', select])] : [found ?? 'parse'],
};
