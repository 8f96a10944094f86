import type { Correction } from '../../core/schema/correct-schema.ts';
import { hyphenHooks, nodeConfig, noUnknown } from './schema-corrections.ts';

const any = true;
const listOfStrings = { type: 'array', items: { type: 'string' } };

/** What dbt does to `dbt_project.yml` before and after it checks the contract. */
export const projectContractCorrections: readonly Correction[] = [
  { at: '/properties/name', replace: { type: 'string' }, why: 'the rule on names says it in words' },
  {
    at: '/properties/version',
    replace: { type: ['string', 'number', 'null'] },
    why: 'the rule on versions says it in words',
  },
  { at: '/properties', merge: { 'modules-path': true }, why: 'the rule on renamed keys says it in words' },
  {
    at: '/properties/on-run-start',
    replace: { anyOf: [{ type: 'string' }, listOfStrings, { type: 'null' }] },
    why: 'one string is made a list of one',
  },
  {
    at: '/properties/on-run-end',
    replace: { anyOf: [{ type: 'string' }, listOfStrings, { type: 'null' }] },
    why: 'one string is made a list of one',
  },
  { at: '/properties/config-version', replace: { enum: [2] }, why: 'any other version is refused' },
  {
    at: '/properties/query-comment',
    replace: {
      anyOf: [
        {
          type: 'object',
          additionalProperties: false,
          properties: {
            comment: { type: 'string' },
            append: { type: ['boolean', 'null'] },
            'job-label': { type: 'boolean' },
          },
        },
        { type: 'string' },
        { type: 'null' },
      ],
    },
    why: '`NoValue` is dbt’s own placeholder',
  },
  {
    at: '/properties/dispatch/items',
    merge: {
      required: ['macro_namespace', 'search_order'],
      properties: { macro_namespace: { type: 'string' }, search_order: { type: 'array' } },
    },
    why: 'both keys are checked after the contract',
  },
  ...['models', 'seeds', 'snapshots'].map((key): Correction => ({
    at: `/properties/${key}/type`,
    replace: ['object', 'null'],
    why: 'dbt puts an empty mapping in place of nothing',
  })),
];

/** packages.yml and dependencies.yml share a contract; each has one key more. */
export const packagesContractCorrections: readonly Correction[] = [
  { at: '/required', replace: [], why: 'an empty file asks for no packages' },
  { at: '/properties/packages/type', replace: ['array', 'null'], why: 'an empty list may be left out' },
  {
    at: '/properties/packages/items/anyOf/*/properties',
    merge: { 'install-prerelease': { type: ['boolean', 'null'] }, unrendered: true },
    why: 'a rule says which of the two spellings dbt in force wants',
  },
];

/** Where the published schema of both files is narrower than dbt. */
export const publishedPackagesCorrections: readonly Correction[] = [
  {
    at: '/definitions/HubPackage/properties',
    merge: { install_prerelease: { type: ['boolean', 'null'] } },
    why: 'dbt 1 spells it with an underscore; a rule says which spelling dbt in force wants',
  },
];

const upstream = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: { name: { type: 'string' } },
};

/** dbt v2 reads both files alike, and takes no other keys. */
export const secondPackagesCorrections: readonly Correction[] = [
  ...packagesContractCorrections,
  {
    at: '/properties',
    merge: { projects: { type: ['array', 'null'], items: upstream } },
    why: 'each project is read by its name',
  },
];

export const dependenciesContractCorrections: readonly Correction[] = [
  ...packagesContractCorrections,
  {
    at: '/properties',
    merge: { projects: any },
    why: 'projects are declared here only, and left to a plugin to read',
  },
  {
    at: '/additionalProperties',
    replace: true,
    why: 'dbt reads the two keys it knows and nothing else of dependencies.yml',
  },
];

/** Where the published schema of dbt_project.yml is narrower than dbt 1.12. */
export const projectCorrections: readonly Correction[] = [
  ...noUnknown,
  {
    at: '/properties',
    merge: {
      'osi-paths': any,
      'project-root': any,
      packages: any,
      'source-paths': any,
      'data-paths': any,
      'modules-path': any,
    },
    why: 'dbt reads them, or a rule says in words what became of them',
  },
  {
    at: '/properties/log-path',
    replace: { type: ['string', 'null'] },
    why: 'any folder is taken, with a deprecation',
  },
  {
    at: '/properties/target-path',
    replace: { type: ['string', 'null'] },
    why: 'any folder is taken, with a deprecation',
  },
  {
    at: '/definitions/ProjectModelConfig/properties',
    merge: Object.fromEntries(
      Object.entries({ ...hyphenHooks, ...nodeConfig }).map(([key, value]) => [`+${key}`, value]),
    ),
    why: 'adapters, aliases and hyphens that the schema does not know',
  },
  {
    at: '/definitions/ProjectSeedConfig/properties',
    merge: { '+pre-hook': any, '+post-hook': any, '+project': any, '+dataset': any },
    why: 'as for models',
  },
  {
    at: '/definitions/ProjectSnapshotConfig/properties',
    merge: { '+pre-hook': any, '+post-hook': any, '+project': any, '+dataset': any },
    why: 'as for models',
  },
];

/** dbt 1.12 checks the frame of selectors.yml by a contract and reads definitions later. */
export const selectorsCorrections: readonly Correction[] = [
  {
    at: '/definitions/SelectorDefinitionValue',
    replace: { type: ['string', 'object'] },
    why: 'lists are refused as the definition itself; what stands inside is read later',
  },
];

/** Sections that dbt v2 lets stand empty. */
const maybeEmpty =
  'sources tests data_tests unit_tests exposures metrics semantic-models saved-queries functions analyses dispatch restrict-access';

/** What dbt v2 takes of dbt_project.yml and dbt 1 does not. */
export const secondProjectCorrections: readonly Correction[] = [
  {
    at: '/properties/quoting',
    replace: {
      type: ['object', 'null'],
      properties: { database: any, schema: any, identifier: any, snowflake_ignore_case: any },
      additionalProperties: false,
    },
    why: 'dbt v2 makes of the values what it can',
  },
  {
    at: '/properties',
    merge: { sync: any, flags: any, 'config-version': any },
    why: 'dbt v2 knows `sync`, and is content with any value of the others',
  },
  {
    at: '/properties/query-comment',
    replace: {
      type: ['object', 'string', 'null'],
      properties: {
        comment: { type: 'string' },
        append: { type: 'boolean' },
        'job-label': { type: 'boolean' },
      },
    },
    why: 'other keys are passed over',
  },
  ...maybeEmpty.split(' ').map((key): Correction => ({
    at: `/properties/${key}`,
    merge: {
      type: [key === 'dispatch' ? 'array' : key === 'restrict-access' ? 'boolean' : 'object', 'null'],
    },
    why: 'dbt v2 takes nothing for an empty section',
  })),
];

/** Keys whose listed values dbt v2 does not insist on. */
const openValues = ['materialized', 'incremental_strategy', 'on_configuration_change', 'on_schema_change'];

/** Of numbers and flags that Jinja may make, those that dbt v2 insists on; of all others it takes any value. */
const strict = 'alias_types buckets columns enforced limit lookback relation show timeout transaction'.split(
  ' ',
);

interface Definition {
  readonly properties?: Readonly<Record<string, Value>>;
}

interface Value {
  readonly anyOf?: readonly object[];
}

/** What dbt v2 takes of configuration beyond the published schema of dbt_project.yml; each tried with v2.0. */
export function secondConfigCorrections(published: object): readonly Correction[] {
  const { definitions } = published as { readonly definitions: Readonly<Record<string, Definition>> };
  return Object.entries(definitions).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).flatMap(([key, value]): readonly Correction[] => {
      const replace = secondValue(key.replace(/^\+/, ''), value);
      const at = `/definitions/${name}/properties/${key}`;
      return replace === undefined ? [] : [{ at, replace, why: 'dbt v2 takes more' }];
    }),
  );
}

function secondValue(key: string, value: Value): object | undefined {
  if (openValues.includes(key)) return { type: ['string', 'null'] };
  if (key === 'query_tag') return { type: ['string', 'object', 'array', 'null'] };
  if (key === 'tags') return { anyOf: [value, { type: 'null' }] };
  const mayBeJinja = value.anyOf?.some((each) => 'pattern' in each) ?? false;
  return mayBeJinja && !strict.includes(key) ? {} : undefined;
}

/** dbt v2 takes a list for a `union`, and nothing for an empty list. */
export const secondSelectorsCorrections: readonly Correction[] = [
  { at: '/definitions/SelectorDefinitionValue', replace: {}, why: 'a list is read as a union' },
  { at: '/properties/selectors/type', replace: ['array', 'null'], why: 'nothing is an empty list' },
];
