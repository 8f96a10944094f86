import type { Correction } from '../../core/schema/correct-schema.ts';
import { settingKinds } from './settings/setting-kinds.ts';

const lists = ['plugins', 'schedules', 'environments', 'jobs'];

/** Where Meltano's own schema says otherwise than Meltano 4.4 does; each tried with the tool. */
export const corrections: readonly Correction[] = [
  ...lists.map((key): Correction => {
    const type = key === 'plugins' ? 'object' : 'array';
    return {
      at: `/properties/${key}`,
      merge: { type: [type, 'null'] },
      why: `\`${key}:\` without a value loads as an empty one`,
    };
  }),
  {
    at: '/properties/version',
    remove: ['const'],
    why: 'Meltano 4 only warns that the key is deprecated, whatever its value',
  },
  {
    at: '/properties/env',
    replace: {
      type: ['object', 'null'],
      description: 'Environment variables of every command that runs in this project.',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    why: "the project's own `env` is turned into text, and may be left empty; a null inside breaks every run",
  },
  {
    at: '/$defs/env',
    merge: { type: ['object', 'null'] },
    why: '`env:` without a value loads as an empty one',
  },
  {
    at: '/properties/python',
    merge: { type: ['string', 'number'] },
    why: '`python: 3.11` is read as text',
  },
  {
    at: '/$defs/plugins/plugin_generic/properties/python',
    merge: { type: ['string', 'number'] },
    why: '`python: 3.11` is read as text',
  },
  {
    at: '/$defs/plugins/plugin_generic/properties',
    merge: {
      hidden: { type: 'boolean', description: 'Whether lists leave the plugin out.' },
      keywords: { type: 'array', items: { type: 'string' } },
      supported_python_versions: { type: 'array', items: { type: 'string' } },
      settings: { type: ['array', 'null'] },
      commands: { type: ['object', 'null'] },
      config: { type: ['object', 'null'] },
    },
    why: 'Meltano knows these keys of a plugin, and takes the last three without a value',
  },
  {
    at: '/$defs/plugins/plugin_generic/properties/label',
    merge: { type: ['string', 'number'] },
    why: 'a label is only shown',
  },
  {
    at: '/$defs/plugins/plugin_generic/properties/commands/additionalProperties/oneOf/0',
    merge: { additionalProperties: false },
    why: 'another key of a command stops every Meltano command: `got an unexpected keyword argument`',
  },
  {
    at: '/$defs/plugins/plugin_generic/properties/commands/additionalProperties/oneOf/1',
    merge: { type: ['string', 'null'] },
    why: 'a command without arguments loads',
  },
  {
    at: '/$defs/plugins/plugin_generic/properties/commands/additionalProperties/oneOf/0/properties/container_spec',
    merge: { additionalProperties: false },
    why: 'another key of a container stops every Meltano command: `got an unexpected keyword argument`',
  },
  {
    at: '/$defs/plugins/extractor_shared/properties',
    merge: { log_parser: { type: 'string' }, _nonce: {} },
    why: 'other parsers than the one listed are ignored, not refused',
  },
  {
    at: '/$defs/plugins/files',
    merge: {
      properties: {
        update: {
          type: 'object',
          description: "Which of the bundle's files `meltano upgrade files` may replace.",
        },
      },
    },
    why: "a file bundle's `update` is how its files are kept",
  },
  {
    at: '/$defs/base_setting/properties/value_processor',
    merge: { enum: ['nest_object', 'upcase_string', 'stringify', 'parse_date'] },
    why: 'the code knows four processors',
  },
  {
    at: '/$defs/base_setting/properties/kind',
    replace: {
      description: 'The type of value this setting contains.',
      enum: settingKinds,
    },
    why: '`hidden` and `password` are deprecated and load; as one list it completes and explains better',
  },
  {
    at: '/$defs/jobs/properties/tasks',
    replace: {
      description:
        'The blocks to run, in order: extractor and loader, or `plugin:command`, parted by single spaces.',
      examples: ['tap-gitlab target-jsonl', 'dbt:run'],
    },
    why: 'a text passes the schema and is read letter by letter; the rule on jobs tells what may stand here',
  },
  {
    at: '/$defs/jobs/properties/name',
    merge: { type: ['string', 'null'] },
    why: 'a job without a name yet is refused by nothing but the command that wants to run it',
  },
  {
    at: '/$defs/schedules',
    replace: {
      type: 'object',
      description: 'When a job, or an extractor with its loader, is to run.',
      required: ['name', 'interval'],
      anyOf: [
        { required: ['job'], properties: { job: { type: 'string', minLength: 1 } } },
        {
          required: ['extractor', 'loader', 'transform'],
          properties: { extractor: {}, loader: {}, transform: {} },
        },
      ],
      additionalProperties: false,
      properties: {
        annotations: { $ref: '#/$defs/annotations' },
        name: { type: ['string', 'number'], description: "The schedule's unique name." },
        interval: {
          type: ['string', 'null'],
          description:
            'When to run: five cron fields (minute, hour, day of the month, month, day of the week), or a name such as `@daily`.',
          examples: ['@hourly', '@daily', '@weekly', '0 3 * * *'],
        },
        job: { type: ['string', 'null'], description: 'The job to run.' },
        extractor: {
          type: 'string',
          description: 'The extractor to run, with `loader` and `transform` instead of a job.',
        },
        loader: {
          type: 'string',
          description: 'The loader to run, with `extractor` and `transform` instead of a job.',
        },
        transform: {
          description: 'Whether transforms run with the extractor and loader, are skipped, or run alone.',
          enum: ['run', 'skip', 'only'],
        },
        env: { $ref: '#/$defs/env' },
      },
    },
    why: 'a job together with an extractor loads, an interval may be null and knows more than the pattern, `start_date` is gone',
  },
  {
    at: '/$defs/environments/properties',
    merge: {
      state_id_suffix: {
        type: ['string', 'null'],
        description: "A suffix for the state IDs of this environment's runs.",
      },
      config: {
        type: ['object', 'null'],
        properties: {
          plugins: {
            additionalProperties: false,
            properties: {
              mappers: {
                type: 'array',
                items: { unevaluatedProperties: false, $ref: '#/$defs/environments/$defs/plugins' },
              },
            },
          },
        },
      },
    },
    why: 'an environment may have a state ID suffix, configure mappers, and leave `config` empty; another kind of plugin stops every command',
  },
  {
    at: '/$defs/plugin_requirement',
    merge: { required: ['name'] },
    why: 'a requirement without a name stops every command',
  },
  {
    at: '/$defs/annotations',
    replace: { description: 'Free notes for other tools; Meltano itself never reads them.' },
    why: 'Meltano passes annotations on, whatever they hold',
  },
];
