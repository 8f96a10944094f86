/** What Meltano itself reads of a plugin: beside `config` by its name, inside `config` behind a `_`. */
export interface Extra {
  readonly name: string;
  readonly kind: 'string' | 'array' | 'object' | 'boolean';
  readonly about: string;
  /** What Meltano takes where nothing is said. */
  readonly fallback?: string;
}

const logParser: Extra = {
  name: 'log_parser',
  kind: 'string',
  about: "How the plugin's log lines are read; `singer-sdk` for the structured logs of the Singer SDK.",
  fallback: 'singer-sdk',
};

const extractors: readonly Extra[] = [
  {
    name: 'catalog',
    kind: 'string',
    about:
      "Path of a catalog file, relative to the project, in place of the one that the tap's discovery gives.",
  },
  { name: 'state', kind: 'string', about: 'Path of a state file, in place of the state of the last run.' },
  {
    name: 'load_schema',
    kind: 'string',
    about: 'The schema that loaders are told to write to, as `$MELTANO_EXTRACT__LOAD_SCHEMA`.',
    fallback: '$MELTANO_EXTRACTOR_NAMESPACE',
  },
  {
    name: 'select',
    kind: 'array',
    about:
      'Which streams and attributes are extracted: patterns `stream.attribute` with `*`; `!` leaves out.',
    fallback: '["*.*"]',
  },
  {
    name: 'metadata',
    kind: 'object',
    about:
      'Metadata of streams and attributes, by pattern: `replication-method`, `replication-key` and the like.',
    fallback: '{}',
  },
  {
    name: 'schema',
    kind: 'object',
    about: 'JSON schema of attributes, by stream pattern and attribute, in place of what discovery says.',
    fallback: '{}',
  },
  {
    name: 'select_filter',
    kind: 'array',
    about: 'Which of the selected streams a run extracts: stream patterns; `!` leaves out.',
    fallback: '[]',
  },
  {
    name: 'use_cached_catalog',
    kind: 'boolean',
    about: 'Whether the catalog of an earlier run is taken while the configuration is the same.',
    fallback: 'true',
  },
  logParser,
];

const byType: Readonly<Record<string, readonly Extra[]>> = {
  extractors,
  loaders: [
    {
      name: 'target_schema',
      kind: 'string',
      about: 'The schema that the loader writes to, as transformers are told.',
      fallback: '$MELTANO_EXTRACT__LOAD_SCHEMA',
    },
    {
      name: 'dialect',
      kind: 'string',
      about: 'The dialect of the database that the loader writes to.',
      fallback: '$MELTANO_LOADER_NAMESPACE',
    },
    logParser,
  ],
  mappers: [{ name: 'mappings', kind: 'array', about: 'The mappings that a task may name.' }, logParser],
  files: [
    {
      name: 'update',
      kind: 'object',
      about: "Which of the bundle's files `meltano upgrade files` may replace, by path.",
      fallback: '{}',
    },
  ],
  transforms: [
    { name: 'vars', kind: 'object', about: 'Variables of the dbt package, as `dbt_project.yml` gets them.' },
    { name: 'package_name', kind: 'string', about: 'The name of the dbt package.' },
  ],
};

/** The extras of a kind of plugin. */
export function extrasOf(type: string): readonly Extra[] {
  return byType[type] ?? [];
}
