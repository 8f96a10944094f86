import { test } from 'vitest';
import { checkFindings } from '../../../../../test/support/check.ts';
import { dbt } from '../index.ts';

const files = (project: string, metrics: string): string => `#- /w/dbt_project.yml
name: shop
${project}
--- /w/models/a.sql
select 1
#- /w/models/days.yml
models:
  - name: a
    time_spine: { standard_granularity_column: day }
    columns: [{ name: day, granularity: day }]
${metrics}
#- /w/models/s.yml
semantic_models:
`;

const metric = `metrics:
  - name: revenue
    label: Revenue
    type: simple
    type_params: { measure: paid }`;

const faulty = `  - name: one
    model: ref('a')
    entities: [{ name: id, type: foreign }]
    dimensions: [{ name: kind, type: categorical }]
    measures:
      - name: paid
        agg: sum
`;

const accepted: readonly (readonly [string, string])[] = [
  files('', ''),
  files('', `${metric}\n    config: { enabled: false }`),
  files('metrics: { shop: { +enabled: false } }', metric),
].map((fixture, at) => [['without a metric', 'with none that is on', 'with none for sure'][at]!, fixture]);

test.for(accepted)('dbt does not look into a semantic layer %s', ([, fixture]) =>
  checkFindings([dbt], fixture + faulty),
);

test('dbt v2 does not look at all', () => checkFindings([dbt], files('', metric) + faulty, '2.0.0'));

test('names of the semantic layer are made of less, and had once', () =>
  checkFindings(
    [dbt],
    `${files(
      '',
      `${metric}
  - name: Due
#         ^^^ error dbt/invalid-name: the semantic layer takes no name \`Due\`; write two or more small letters, digits and single underscores, a letter first and no underscore last
    label: Revenue
#          ^^^^^^^ error dbt/duplicate-metric: another metric has the label \`Revenue\`, and dbt refuses that; give each a label of its own
    type: simple
    type_params: { measure: paid }`,
    )}  - name: one
    model: ref('a')
    defaults: { agg_time_dimension: at }
    entities: [{ name: id, type: primary }]
    dimensions:
      - { name: at, type: time, type_params: { time_granularity: day } }
      - { name: month, type: categorical }
#               ^^^^^ error dbt/invalid-name: the semantic layer keeps the name \`month\` for itself; take another one
      - { name: paid, type: categorical }
#               ^^^^ error dbt/invalid-value: the semantic model has another entity, dimension or measure \`paid\`; rename one of them
    measures: [{ name: paid, agg: sum }]
`,
  ));

const inModel = `#- /w/dbt_project.yml
name: shop
--- /w/models/days.sql
select 1
--- /w/models/facts.sql
select 1
#- /w/models/days.yml
models:
  - name: days
    time_spine: { standard_granularity_column: day }
    columns: [{ name: day, granularity: day }]
`;

test('a semantic model in the entry of a model', () =>
  checkFindings(
    [dbt],
    `${inModel}#- /w/models/s.yml
models:
  - name: facts
    semantic_model: { enabled: true }
    agg_time_dimension: ordered_at
    columns:
      - { name: id, entity: primary }
      - { name: other, entity: { type: forein } }
#                                      ^^^^^^ error dbt/invalid-value: \`forein\` is no value for \`type\`; did you mean \`foreign\`?
      - { name: kind, dimension: categorial }
#                                ^^^^^^^^^^ error dbt/invalid-value: \`categorial\` is no value for \`dimension\`; did you mean \`categorical\`?
      - { name: ordered_at, granularity: day, dimension: { type: time } }
    metrics:
      - { name: revenue, agg: summ, expr: amount }
#                             ^^^^ error dbt/invalid-value: \`summ\` is no value for \`agg\`; did you mean \`sum\`?
      - { name: share, type: ratio, numerator: revenue }
#                            ^^^^^ error dbt/missing-key: a ratio metric needs \`denominator\` beside its \`type\`; add it
      - { name: weekly, type: cumulative, input_metric: revenue, window: week }
#                                                                        ^^^^ error dbt/invalid-value: \`week\` is no stretch of time; write a whole number, one space and a unit, such as \`7 days\`
      - { name: twice, type: derived, expr: revenue * 2, input_metrics: [revenue] }
#                                                                        ^^^^^^^ information dbt/refused-by-v2: dbt v2 takes no name alone here; write \`{ name: revenue }\`
`,
  ));

test('a time of a semantic model in a model’s entry, and one that is off', async () => {
  const entry = (more: string): string => `${inModel}#- /w/models/s.yml
models:
  - name: facts
    semantic_model: ${more}
    columns:
      - { name: id, entity: primary }
      - { name: ordered_at, granularity: day, dimension: { type: time } }
    metrics: [{ name: revenue, agg: sum, expr: amount }]
`;
  await checkFindings(
    [dbt],
    entry(`{ enabled: true }
    agg_time_dimension: paid_at
#                       ^^^^^^^ error dbt/invalid-value: the semantic model has no time dimension \`paid_at\`; add it under \`dimensions:\`, or correct the name`),
  );
  await checkFindings([dbt], entry('{ enabled: false }\n    agg_time_dimension: paid_at'));
  await checkFindings([dbt], entry('{ enabled: true }\n    agg_time_dimension: paid_at'), '2.0.0');
});

test('semantic models have one primary entity, and measures a time dimension of theirs', () =>
  checkFindings(
    [dbt],
    `${files('', metric)}  - name: one
    model: ref('a')
    entities: [{ name: id, type: foreign }]
    dimensions: [{ name: kind, type: categorical }]
#   ^^^^^^^^^^ error dbt/missing-key: a semantic model with dimensions needs an entity of type \`primary\`; make one of the entities it, or name the \`primary_entity\`
    measures:
      - name: paid
#             ^^^^ error dbt/missing-key: measure \`paid\` has no time to be added up by; name a time dimension as \`agg_time_dimension\`, here or under \`defaults:\`
        agg: sum
      - name: due
        agg: sum
        agg_time_dimension: kind
#                           ^^^^ error dbt/invalid-value: the semantic model has no time dimension \`kind\`; add it under \`dimensions:\`, or correct the name
  - name: two
    model: ref('a')
    defaults: { agg_time_dimension: due }
#                                   ^^^ error dbt/invalid-value: the semantic model has no time dimension \`due\`; add it under \`dimensions:\`, or correct the name
    entities: [{ name: id, type: primary }, { name: key, type: Primary }]
#                                                              ^^^^^^^ error dbt/invalid-value: a semantic model has one primary entity, and this is its second; give it another type
  - name: three
    model: ref('a')
    primary_entity: key
#   ^^^^^^^^^^^^^^ error dbt/conflicting-keys: \`primary_entity\` stands beside an entity of type \`primary\`, and dbt refuses both together; keep one
    entities: [{ name: id, type: primary }]
  - name: four
    model: ref('a')
    primary_entity: key
    dimensions: [{ name: at, type: time, type_params: { time_granularity: day } }]
    defaults: { agg_time_dimension: at }
    measures: [{ name: sold, agg: sum }]
  - name: switched_off
    model: ref('a')
    config: { enabled: false }
    dimensions: [{ name: kind, type: categorical }]
`,
  ));

test('a saved query is grouped by calls', () =>
  checkFindings(
    [dbt],
    `${files('', metric)}  - name: one
    model: ref('a')
    entities: [{ name: id, type: primary }]
    dimensions: [{ name: at, type: time, type_params: { time_granularity: day } }]
    defaults: { agg_time_dimension: at }
    measures: [{ name: paid, agg: sum }]
saved_queries:
  - name: weekly
    query_params:
      metrics: [revenue]
      group_by:
        - TimeDimension('metric_time', 'week')
        - Dimension('id__at').grain('day')
        - Entity('id'
#         ^^^^^^^^^^^ error dbt/invalid-value: a saved query is grouped by one \`Dimension(…)\`, \`TimeDimension(…)\`, \`Entity(…)\` or \`Metric(…)\` each, not by \`Entity('id'\`; correct it
        - metric_time
#         ^^^^^^^^^^^ error dbt/invalid-value: a saved query is grouped by one \`Dimension(…)\`, \`TimeDimension(…)\`, \`Entity(…)\` or \`Metric(…)\` each, not by \`metric_time\`; correct it
`,
  ));

test('a derived metric calls its parts by names that the semantic layer takes, and by no other part', () =>
  checkFindings(
    [dbt],
    files(
      '',
      `${metric}
  - name: twice
    label: Twice
    type: derived
    type_params:
      expr: revenue * x
      metrics:
        - { name: revenue, alias: x }
#                                 ^ error dbt/invalid-name: the semantic layer takes no name \`x\`; write two or more small letters, digits and single underscores, a letter first and no underscore last
        - { name: revenue, alias: revenue }
#                                 ^^^^^^^ error dbt/invalid-value: this metric is made of a metric \`revenue\` as well; choose another alias
        - { name: revenue, alias: before_it }`,
    ) +
      "  - { name: one, model: ref('a'), primary_entity: id, defaults: { agg_time_dimension: paid_on }, dimensions: [{ name: paid_on, type: time, type_params: { time_granularity: day } }], measures: [{ name: paid, agg: sum }] }\n",
  ));
