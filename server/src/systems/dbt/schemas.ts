import catalogs from '../../../schemas/dbt/catalogs.json' with { type: 'json' };
import packagesContract from '../../../schemas/dbt/contract-packages.json' with { type: 'json' };
import projectContract from '../../../schemas/dbt/contract-project.json' with { type: 'json' };
import propertiesContract from '../../../schemas/dbt/contract-properties.json' with { type: 'json' };
import dependencies from '../../../schemas/dbt/dependencies.json' with { type: 'json' };
import packages from '../../../schemas/dbt/packages.json' with { type: 'json' };
import profile from '../../../schemas/dbt/profile.json' with { type: 'json' };
import project from '../../../schemas/dbt/project.json' with { type: 'json' };
import resources from '../../../schemas/dbt/resources.json' with { type: 'json' };
import selectors from '../../../schemas/dbt/selectors.json' with { type: 'json' };
import { correctSchema, type Correction } from '../../core/schema/correct-schema.ts';
import { createSchema, type Schema } from '../../core/schema/schema.ts';
import { propertiesContractCorrections } from './contract-corrections.ts';
import { profileCorrections, secondProfileCorrections } from './profile-corrections.ts';
import {
  dependenciesContractCorrections,
  packagesContractCorrections,
  publishedPackagesCorrections,
  projectContractCorrections,
  projectCorrections,
  secondConfigCorrections,
  secondPackagesCorrections,
  secondProjectCorrections,
  secondSelectorsCorrections,
  selectorsCorrections,
} from './project-corrections.ts';
import { allowingNothing, secondPropertiesCorrections } from './second-contract.ts';
import { resourcesCorrections } from './schema-corrections.ts';

export interface FileSchemas {
  /** What dbt itself checks a file against: what this refuses, dbt refuses. */
  readonly contract?: Schema;
  /** The same for dbt v2, where that takes something else. */
  readonly secondContract?: Schema;
  /** What dbt publishes for editors: richer in words and configuration, stricter than dbt. */
  readonly published: Schema;
}

const draft = { draft: '07' } as const;
const corrected = (json: object, corrections: readonly Correction[]): Schema =>
  createSchema(() => correctSchema(json, corrections), draft);

/** The published schema describes one output and leaves out what it stands in. */
const profileEntry = {
  type: 'object',
  description: 'A profile: the connections of a project, one for each target.',
  properties: {
    target: {
      type: 'string',
      description: 'The output that is used when `--target` is not given; `default` where it is left out.',
    },
    outputs: {
      type: 'object',
      description: 'The connections, by target.',
      additionalProperties: { $ref: '#/definitions/DbConfig' },
    },
  },
};

/** dbt publishes none for vars.yml. */
const varsFile = {
  type: 'object',
  properties: {
    vars: {
      type: 'object',
      description: 'The variables of the project; below the name of a package, those of that package alone.',
    },
  },
};

const schemas: Readonly<Record<string, FileSchemas>> = {
  project: {
    contract: corrected(projectContract, projectContractCorrections),
    secondContract: corrected(projectContract, [...projectContractCorrections, ...secondProjectCorrections]),
    published: corrected(project, projectCorrections),
  },
  properties: {
    contract: corrected(propertiesContract, propertiesContractCorrections),
    secondContract: createSchema(
      () =>
        allowingNothing(
          correctSchema(propertiesContract, [
            ...propertiesContractCorrections,
            ...secondPropertiesCorrections,
          ]),
        ),
      draft,
    ),
    published: corrected(resources, resourcesCorrections),
  },
  packages: {
    contract: corrected(packagesContract, packagesContractCorrections),
    secondContract: corrected(packagesContract, secondPackagesCorrections),
    published: corrected(packages, publishedPackagesCorrections),
  },
  dependencies: {
    contract: corrected(packagesContract, dependenciesContractCorrections),
    secondContract: corrected(packagesContract, secondPackagesCorrections),
    published: corrected(dependencies, publishedPackagesCorrections),
  },
  selectors: {
    contract: corrected(selectors, selectorsCorrections),
    secondContract: corrected(selectors, secondSelectorsCorrections),
    published: createSchema(selectors, draft),
  },
  profiles: {
    published: createSchema(
      () => ({ ...correctSchema(profile, profileCorrections), additionalProperties: profileEntry }),
      draft,
    ),
  },
  catalogs: { published: createSchema(catalogs, draft) },
  vars: { published: createSchema(varsFile, draft) },
};

/** dbt_project.yml with configuration as dbt v2 takes it. */
export const secondProjectConfig: Schema = corrected(project, [
  ...projectCorrections,
  ...secondConfigCorrections(project),
]);

/** One output of profiles.yml as dbt v2 takes it, of an adapter that it has; it passes over unknown keys. */
export const secondOutput: Schema = createSchema(() => {
  const { definitions } = correctSchema(profile, secondProfileCorrections);
  return { $ref: '#/definitions/DbConfig', ...(definitions === undefined ? {} : { definitions }) };
}, draft);

/** The schemas of a kind of file; undefined for files that are not checked by any. */
export function schemasOf(kind: string): FileSchemas | undefined {
  return Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
}
