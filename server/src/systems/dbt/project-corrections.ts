import type { Correction } from '../../core/schema/correct-schema.ts';
import { hyphenHooks, nodeConfig } from './schema-corrections.ts';

const any = true;
const listOfStrings = { type: 'array', items: { type: 'string' } };

/** What dbt does to `dbt_project.yml` before and after it checks the contract. */
export const projectContractCorrections: readonly Correction[] = [
  { at: '/properties/name', replace: { type: 'string' }, why: 'the rule on names says it in words' },
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

export const dependenciesContractCorrections: readonly Correction[] = [
  ...packagesContractCorrections,
  {
    at: '/properties',
    merge: { projects: { type: ['array', 'null'] } },
    why: 'projects are declared here only',
  },
  {
    at: '/additionalProperties',
    replace: true,
    why: 'dbt reads the two keys it knows and nothing else of dependencies.yml',
  },
];

/** Where the published schema of dbt_project.yml is narrower than dbt 1.12. */
export const projectCorrections: readonly Correction[] = [
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

/** What dbt v2 takes of dbt_project.yml and dbt 1 does not. */
export const secondProjectCorrections: readonly Correction[] = [
  {
    at: '/properties',
    merge: { sync: any, flags: any, 'config-version': any, 'query-comment': any },
    why: 'dbt v2 knows `sync`, and is content with any value of the others',
  },
];

/** dbt v2 takes a list for a `union`, and nothing for an empty list. */
export const secondSelectorsCorrections: readonly Correction[] = [
  { at: '/definitions/SelectorDefinitionValue', replace: {}, why: 'a list is read as a union' },
  { at: '/properties/selectors/type', replace: ['array', 'null'], why: 'nothing is an empty list' },
];
