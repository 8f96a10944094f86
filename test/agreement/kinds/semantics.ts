import { type Edit, type Kind, append, blame, change, defect, mark, odd, write } from '../kind.ts';

const file = 'models/semantics.yml';
const spine = write(
  'models/days.yml',
  `models:
  - name: days
    time_spine:
      standard_granularity_column: day
    columns:
      - name: day
        granularity: day
`,
);
const days = write('models/days.sql', "select date '2024-01-01' as day\n");
const text = `semantic_models:
  - name: orders
    model: ref('orders')
    defaults:
      agg_time_dimension: ordered_at
    entities:
      - name: order
        type: primary
        expr: order_id
      - name: customer
        type: foreign
        expr: customer_id
    dimensions:
      - name: ordered_at
        type: time
        type_params:
          time_granularity: day
    measures:
      - name: paid
        agg: sum
      - name: order_count
        agg: count
        expr: order_id

metrics:
  - name: revenue
    label: Revenue
    type: simple
    type_params:
      measure: paid
  - name: orders_placed
    label: Orders
    type: simple
    type_params:
      measure: order_count
  - name: order_value
    label: Value of an order
    type: ratio
    type_params:
      numerator: revenue
      denominator: orders_placed

saved_queries:
  - name: weekly
    query_params:
      metrics: [revenue]
      group_by:
        - TimeDimension('metric_time', 'week')
    exports:
      - name: weekly_table
        config:
          export_as: table
`;
/** The base has no semantic layer; a kind of this group gets one and changes it. */
const layer: readonly Edit[] = [days, spine, write(file, text)];
const but = (from: string, to: string): readonly Edit[] => [...layer, change(file, from, to)];
const metric = (lines: string): readonly Edit[] => [
  ...layer,
  change(file, 'metrics:\n', `metrics:\n${lines}`),
];
const semanticRelease = { v2: 'v2 has another form of the semantic layer and warns of this one' };

/** Semantic models, metrics and saved queries. */
export const semanticKinds: readonly Kind[] = [
  defect(
    'semantic-model-unknown',
    'a semantic model of no model',
    but("model: ref('orders')", `model: ref('oders')${mark}`),
  ),
  defect('semantic-no-model', 'a semantic model of nothing', [
    ...but("    model: ref('orders')\n", ''),
    blame(file, 'semantic_models:\n  - name: orders'),
  ]),
  defect(
    'semantic-no-name',
    'a semantic model without a name',
    but("  - name: orders\n    model: ref('orders')\n", `  - model: ref('orders')${mark}\n`),
  ),
  defect(
    'semantic-model-word',
    'a model that is no call',
    but("model: ref('orders')", `model: orders${mark}`),
  ),
  defect('semantic-entity-type', 'an unknown type of entity', but('type: foreign', `type: foregn${mark}`)),
  defect('semantic-entity-no-type', 'an entity without a type', [
    ...but('        type: foreign\n', ''),
    blame(file, '- name: customer'),
  ]),
  defect(
    'semantic-dimension-type',
    'an unknown type of dimension',
    but('type: time\n', `type: tim${mark}\n`),
  ),
  defect(
    'semantic-granularity',
    'an unknown granularity',
    but('time_granularity: day', `time_granularity: dy${mark}`),
  ),
  defect(
    'semantic-no-granularity',
    'a time dimension without a granularity',
    but('        type_params:\n          time_granularity: day\n', mark),
  ),
  defect('semantic-agg', 'an unknown aggregation', but('agg: sum', `agg: summ${mark}`)),
  defect('semantic-no-agg', 'a measure without an aggregation', [
    ...but('        agg: sum\n', ''),
    blame(file, '- name: paid'),
  ]),
  defect('semantic-no-primary', 'dimensions without a primary entity', [
    ...but('        type: primary\n', `        type: foreign${mark}\n`),
    blame(file, 'dimensions:'),
  ]),
  defect(
    'semantic-time-unknown',
    'a time dimension that is none of its own',
    but('agg_time_dimension: ordered_at', `agg_time_dimension: placed_at${mark}`),
  ),
  defect(
    'semantic-unknown-key',
    'a key that semantic models do not have',
    but('    defaults:\n', `    entites: []${mark}\n    defaults:\n`),
  ),
  defect(
    'semantic-twice',
    'two semantic models of one name',
    but('metrics:\n', `  - name: orders${mark}\n    model: ref('customers')\n\nmetrics:\n`),
  ),
  defect(
    'semantic-measure-twice',
    'two measures of one name',
    but('      - name: order_count\n', `      - name: paid${mark}\n`),
  ),
  defect('semantic-no-spine', 'time dimensions without a time spine', [
    write(file, text),
    change(file, 'semantic_models:\n  - name: orders', `semantic_models:${mark}\n  - name: orders${mark}\n`),
  ]),
  defect(
    'metric-no-type',
    'a metric without a type',
    metric(`  - name: plain${mark}\n    label: Plain\n    type_params: { measure: paid }\n`),
  ),
  defect(
    'metric-type',
    'an unknown type of metric',
    metric(
      `  - name: plain\n    label: Plain\n    type: simpel${mark}\n    type_params: { measure: paid }\n`,
    ),
  ),
  defect(
    'metric-no-label',
    'a metric without a label',
    metric(`  - name: plain${mark}\n    type: simple\n    type_params: { measure: paid }\n`),
  ),
  defect(
    'metric-no-params',
    'a metric without parameters',
    metric(`  - name: plain${mark}\n    label: Plain\n    type: simple${mark}\n`),
  ),
  defect(
    'metric-no-measure',
    'a simple metric without a measure',
    metric(`  - name: plain${mark}\n    label: Plain\n    type: simple${mark}\n    type_params: {}${mark}\n`),
  ),
  defect(
    'metric-measure-unknown',
    'a measure that does not exist',
    metric(
      `  - name: plain\n    label: Plain\n    type: simple\n    type_params: { measure: payd }${mark}\n`,
    ),
  ),
  defect(
    'metric-numerator-unknown',
    'a ratio of no metric',
    but('numerator: revenue', `numerator: revenues${mark}`),
  ),
  defect(
    'metric-derived-unknown',
    'a metric derived from no metric',
    metric(
      `  - name: plain\n    label: Plain\n    type: derived\n    type_params:\n      expr: a * 2\n      metrics:\n        - name: revenues${mark}\n          alias: a\n`,
    ),
  ),
  defect(
    'metric-derived-alias-short',
    'an alias of one letter in a derived metric',
    metric(
      `  - name: plain\n    label: Plain\n    type: derived\n    type_params:\n      expr: a * 2\n      metrics:\n        - name: revenue\n          alias: a${mark}\n`,
    ),
  ),
  defect(
    'metric-derived-alias-taken',
    'an alias that another part of the metric is called',
    metric(
      `  - name: plain\n    label: Plain\n    type: derived\n    type_params:\n      expr: revenue * orders_placed\n      metrics:\n        - name: revenue\n        - name: orders_placed\n          alias: revenue${mark}\n`,
    ),
  ),
  odd(
    'metric-derived-alias',
    'a derived metric with aliases',
    metric(
      `  - name: plain\n    label: Plain\n    type: derived\n    type_params:\n      expr: now - before_it\n      metrics:\n        - name: revenue\n          alias: now\n        - name: revenue\n          alias: before_it\n          offset_window: 7 days\n`,
    ),
  ),
  defect(
    'metric-derived-no-expr',
    'a derived metric without an expression',
    metric(
      `  - name: plain${mark}\n    label: Plain\n    type: derived\n    type_params:${mark}\n      metrics: [revenue]\n`,
    ),
  ),
  defect('metric-ratio-no-denominator', 'a ratio without its lower half', [
    ...but(
      '    type: ratio\n    type_params:\n      numerator: revenue\n      denominator: orders_placed\n',
      `    type: ratio${mark}\n    type_params:${mark}\n      numerator: revenue\n`,
    ),
  ]),
  defect(
    'metric-name-spaces',
    'a metric whose name has spaces',
    metric(
      `  - name: plain metric${mark}\n    label: Plain\n    type: simple\n    type_params: { measure: paid }\n`,
    ),
  ),
  defect(
    'metric-twice',
    'two metrics of one name',
    metric(
      `  - name: revenue${mark}\n    label: Plain\n    type: simple\n    type_params: { measure: paid }\n`,
    ),
  ),
  defect(
    'metric-unknown-key',
    'a key that metrics do not have',
    but('    label: Revenue\n', `    label: Revenue\n    lable: x${mark}\n`),
  ),
  defect(
    'metric-filter-unknown',
    'a filter by no dimension',
    metric(
      `  - name: plain\n    label: Plain\n    type: simple\n    filter: "{{ Dimension('order__colour') }} = 'red'"${mark}\n    type_params: { measure: paid }\n`,
    ),
  ),
  defect('saved-query-no-params', 'a saved query of nothing', [
    ...but(
      "    query_params:\n      metrics: [revenue]\n      group_by:\n        - TimeDimension('metric_time', 'week')\n",
      '',
    ),
    blame(file, 'saved_queries:\n  - name: weekly'),
  ]),
  defect(
    'saved-query-metric-unknown',
    'a saved query of no metric',
    but('metrics: [revenue]', `metrics: [revenues]${mark}`),
  ),
  defect(
    'saved-query-export-as',
    'an export to nothing known',
    but('export_as: table', `export_as: file${mark}`),
  ),
  defect(
    'saved-query-group-by',
    'a grouping that is no call',
    but("- TimeDimension('metric_time', 'week')", `- TimeDimension('metric_time', 'week'${mark}`),
  ),
  defect(
    'saved-query-dimension-unknown',
    'a grouping by no dimension',
    but("- TimeDimension('metric_time', 'week')", `- Dimension('order__colour')${mark}`),
  ),
  defect(
    'saved-query-dimension-bare',
    'a grouping by a dimension without its entity',
    but("- TimeDimension('metric_time', 'week')", `- TimeDimension('ordered_at', 'week')${mark}`),
  ),
  defect(
    'saved-query-order-by-other',
    'an order by what is not there',
    but('      group_by:\n', `      order_by:\n        - Metric('orders_placed')${mark}\n      group_by:\n`),
  ),
  defect('saved-query-limit', 'a negative limit', [
    ...but('      group_by:\n', `      limit: -1${mark}\n      group_by:\n`),
  ]),
  odd(
    'saved-query-groupings',
    'groupings by all that there is',
    but(
      "- TimeDimension('metric_time', 'week')\n",
      "- TimeDimension('order__ordered_at', 'day')\n        - TimeDimension('metric_time')\n        - Entity('customer')\n        - Dimension('nobody__ordered_at')\n      order_by:\n        - Metric(\"revenue\").descending(True)\n        - Entity('customer')\n",
    ),
    { beyond: semanticRelease },
  ),
  odd('semantic-layer', 'semantic models, metrics and a saved query', layer, { beyond: semanticRelease }),
  odd(
    'metric-input-mapping',
    'a metric whose input is a mapping',
    metric(
      `  - name: plain\n    label: Plain\n    type: simple\n    type_params:\n      measure: { name: paid, filter: "{{ Dimension('order__ordered_at') }} is not null", fill_nulls_with: 0 }\n`,
    ),
    { beyond: semanticRelease },
  ),
  odd(
    'metric-cumulative',
    'a metric that adds up',
    metric(
      `  - name: plain\n    label: Plain\n    type: cumulative\n    type_params:\n      measure: paid\n      cumulative_type_params: { window: 7 days }\n`,
    ),
    { beyond: semanticRelease },
  ),
  odd(
    'metric-conversion',
    'a metric of conversions',
    metric(
      `  - name: plain\n    label: Plain\n    type: conversion\n    type_params:\n      conversion_type_params:\n        entity: customer\n        calculation: conversion_rate\n        base_measure: order_count\n        conversion_measure: order_count\n`,
    ),
    { beyond: semanticRelease },
  ),
  odd(
    'exposure-of-metric',
    'an exposure of a metric',
    [...layer, append('models/exposures.yml', "      - metric('revenue')\n")],
    { beyond: semanticRelease },
  ),
  odd(
    'semantic-meta',
    'labels and descriptions throughout',
    but(
      "    model: ref('orders')\n",
      "    model: ref('orders')\n    description: All orders\n    config: { meta: { a: 1 }, enabled: true }\n",
    ),
    { beyond: semanticRelease },
  ),
];
