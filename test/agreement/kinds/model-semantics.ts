import { type Edit, type Kind, change, defect, mark, odd, write } from '../kind.ts';

const file = 'models/facts.yml';
const base: readonly Edit[] = [
  write('models/days.sql', "select date '2024-01-01' as day\n"),
  write(
    'models/days.yml',
    `models:
  - name: days
    time_spine: { standard_granularity_column: day }
    columns: [{ name: day, granularity: day }]
`,
  ),
  write('models/facts.sql', 'select 1 as order_id, 2 as customer_id, 3 as amount, current_date as at\n'),
];
const text = `models:
  - name: facts
    semantic_model: { enabled: true }
    agg_time_dimension: ordered_at
    columns:
      - name: order_id
        entity: { name: order, type: primary }
      - name: customer_id
        entity: foreign
      - name: ordered_at
        granularity: day
        dimension: { type: time }
      - name: status
        dimension: { type: categorical }
    derived_semantics:
      dimensions:
        - { name: is_big, type: categorical, expr: amount > 10 }
      entities:
        - { name: basket, type: foreign, expr: order_id }
    metrics:
      - { name: revenue, type: simple, label: Revenue, agg: sum, expr: amount }
      - { name: baskets, agg: count_distinct, label: Baskets, expr: order_id }
`;
const whole = (...more: readonly Edit[]): readonly Edit[] => [...base, write(file, text), ...more];
const changed = (from: string, to: string): readonly Edit[] => whole(change(file, from, to));
const metric = (line: string): readonly Edit[] => [...base, write(file, `${text}      - { ${line} }\n`)];
const besides = (more: string): readonly Edit[] => [...base, write(file, text + more)];

/** The semantic layer in the entries of models, which dbt reads since 1.12. */
export const modelSemanticsKinds: readonly Kind[] = [
  defect(
    'model-semantics-entity',
    'an unknown type of entity',
    changed('type: primary }', `type: primery }${mark}`),
  ),
  defect(
    'model-semantics-entity-short',
    'an unknown type of entity in short',
    changed('entity: foreign', `entity: forein${mark}`),
  ),
  defect(
    'model-semantics-dimension',
    'an unknown type of dimension',
    changed('dimension: { type: categorical }', `dimension: { type: category }${mark}`),
  ),
  defect(
    'model-semantics-derived',
    'an unknown type of a derived dimension',
    changed('type: categorical, expr', `type: kind, expr`).concat(
      change(file, 'expr: amount > 10 }', `expr: amount > 10 }${mark}`),
    ),
  ),
  defect(
    'model-semantics-two-primaries',
    'two primary entities',
    changed('entity: foreign', `entity: primary${mark}`),
  ),
  defect(
    'model-semantics-primary-twice',
    'a primary entity by type and by name',
    changed(
      '    agg_time_dimension: ordered_at\n',
      `    agg_time_dimension: ordered_at\n    primary_entity: order${mark}\n`,
    ),
  ),
  defect(
    'model-semantics-no-primary',
    'dimensions of no primary entity',
    changed('type: primary }', 'type: unique }').concat(
      change(file, 'semantic_model: { enabled: true }', `semantic_model: { enabled: true }${mark}`),
    ),
  ),
  defect(
    'model-semantics-time',
    'a time that is none of its dimensions',
    changed('agg_time_dimension: ordered_at', `agg_time_dimension: paid_at${mark}`),
  ),
  defect(
    'model-semantics-agg',
    'an unknown aggregation',
    changed('agg: sum, expr: amount }', `agg: summ, expr: amount }${mark}`),
  ),
  defect(
    'model-semantics-metric-type',
    'an unknown type of metric',
    changed(
      'type: simple, label: Revenue, agg: sum, expr: amount }',
      `type: simpel, label: Revenue, agg: sum, expr: amount }${mark}`,
    ),
  ),
  defect(
    'model-semantics-no-agg',
    'a simple metric without an aggregation',
    metric(`name: due, type: simple, label: D, expr: amount }${mark} #`),
  ),
  defect(
    'model-semantics-ratio',
    'a ratio without its lower half',
    metric(`name: share, type: ratio, label: S, numerator: revenue }${mark} #`),
  ),
  defect(
    'model-semantics-window',
    'a window of no number',
    metric(
      `name: weekly_sum, type: cumulative, label: W, input_metric: revenue, window: seven days }${mark} #`,
    ),
  ),
  defect(
    'model-semantics-window-word',
    'a window of one word',
    metric(`name: weekly_sum, type: cumulative, label: W, input_metric: revenue, window: week }${mark} #`),
  ),
  defect(
    'model-semantics-offset',
    'an offset of no number',
    metric(
      `name: before, type: derived, label: B, expr: revenue, input_metrics: [{ name: revenue, offset_window: a week }] }${mark} #`,
    ),
  ),
  defect(
    'model-semantics-input-text',
    'inputs of a metric that are texts',
    metric(`name: doubled, type: derived, label: D, expr: revenue * 2, input_metrics: [revenue] }${mark} #`),
  ),
  defect(
    'model-semantics-input-unknown',
    'an input that is no metric',
    metric(
      `name: doubled, type: derived, label: D, expr: due * 2, input_metrics: [{ name: due }] }${mark} #`,
    ),
  ),
  defect(
    'model-semantics-itself',
    'a metric of itself',
    metric(`name: share, type: ratio, label: S, numerator: share, denominator: revenue }${mark} #`),
  ),
  defect(
    'model-semantics-key',
    'a key that metrics do not have',
    metric(`name: due, agg: sum, label: D, exp: amount }${mark} #`),
  ),
  defect(
    'model-semantics-metric-name',
    'a metric with a capital letter',
    metric(`name: Due, agg: sum, label: D, expr: amount }${mark} #`),
  ),
  defect(
    'model-semantics-name-granularity',
    'a dimension that is called like a granularity',
    changed('      - name: status\n', `      - name: month${mark}\n`),
  ),
  defect(
    'model-semantics-name-twice',
    'an entity and a dimension of one name',
    changed(
      '{ name: is_big, type: categorical, expr: amount > 10 }',
      `{ name: order, type: categorical, expr: amount > 10 }${mark}`,
    ),
  ),
  defect(
    'model-semantics-saved-name',
    'a saved query with a name of one letter',
    besides(`saved_queries:\n  - name: q${mark}\n    query_params: { metrics: [revenue] }\n`),
  ),
  defect(
    'model-semantics-label-twice',
    'two metrics of one label',
    metric(`name: due, agg: sum, expr: amount, label: Revenue }${mark} #`),
  ),
  odd('model-semantics', 'a semantic model in the entry of a model', whole()),
  odd(
    'model-semantics-short',
    'a time dimension in short',
    changed('dimension: { type: time }', 'dimension: time'),
  ),
  odd(
    'model-semantics-true',
    'a semantic model that is just on',
    changed('semantic_model: { enabled: true }', 'semantic_model: true'),
  ),
  odd(
    'model-semantics-time-own',
    'a time of a metric that is none of its dimensions',
    metric('name: due, agg: sum, expr: amount, label: D, agg_time_dimension: due_at'),
  ),
  odd(
    'model-semantics-no-time',
    'metrics that are added up by no time',
    changed('    agg_time_dimension: ordered_at\n', ''),
  ),
  odd(
    'model-semantics-off',
    'a semantic model that is off, and wrong',
    changed('semantic_model: { enabled: true }', 'semantic_model: { enabled: false }').concat(
      change(file, 'agg_time_dimension: ordered_at', 'agg_time_dimension: paid_at'),
    ),
  ),
  odd(
    'model-semantics-all',
    'metrics of all types, in a model and beside it, and a saved query',
    besides(`      - name: conversions
        type: conversion
        label: Conversions
        entity: order
        base_metric: visits
        conversion_metric: { name: baskets }
        calculation: conversion_rate
      - { name: visits, agg: count, label: Visits, expr: order_id }
      - { name: to_date, type: cumulative, label: Month, input_metric: revenue, grain_to_date: month, period_agg: last }
      - { name: half, agg: percentile, percentile: 0.5, percentile_type: discrete, label: H, expr: amount }
      - name: stock
        agg: sum
        label: Stock
        expr: amount
        non_additive_dimension: { name: ordered_at, window_agg: max, group_by: [order] }
      - name: share
        type: ratio
        label: Share
        numerator: { name: revenue, filter: "{{ Dimension('order__status') }} = 'a'" }
        denominator: baskets
metrics:
  - name: growth
    type: derived
    label: Growth
    expr: revenue - before
    input_metrics:
      - name: revenue
      - { name: revenue, alias: before, offset_window: 1 month }
saved_queries:
  - name: weekly
    query_params:
      metrics: [revenue, share]
      group_by: ["TimeDimension('order__ordered_at', 'day')", "Entity('order')", "Dimension('order__is_big')"]
      where: ["{{ TimeDimension('order__ordered_at', 'month') }} > '2024-01-01'"]
    exports: [{ name: weekly, config: { export_as: table, schema: reports } }]
`),
  ),
];
