import { expect, test } from 'vitest';
import { complete } from '../../server/src/language/complete.ts';
import { hover } from '../../server/src/language/hover.ts';
import { systems } from '../../server/src/systems/index.ts';
import { openFixture } from '../support/check.ts';

/** What every object of JavaScript has; in a file these are names as all others. */
const names = ['__proto__', 'constructor', 'toString', 'valueOf'];

/** How values show that came from there. */
const foreign = /native code|\[object|\bundefined\b/;

test.each(names)('nothing is known of `%s` that no file says', async (name) => {
  const { platform } = await openFixture(systems, {
    '/w/dbt/dbt_project.yml': `name: shop\nprofile: shop\nversion: '1.0'\nmodels:\n  ${name}: {+${name}: 1}\nflags: {${name}: 1}\n`,
    '/w/dbt/profiles.yml': `shop:\n  target: dev\n  outputs:\n    dev: {type: ${name}, path: x}\n    other: {type: redshift, method: ${name}}\n`,
    '/w/dbt/packages.yml': `packages:\n  - {package: a/b, version: 1.0.0, ${name}: 1}\n`,
    '/w/dbt/package-lock.yml': `packages:\n  - {package: a/b, version: 1.0.0, ${name}: 1}\nsha1_hash: da39a3ee5e6b4b0d3255bfef95601890afd80709\n`,
    [`/w/dbt/${name}`]: 'no file of dbt',
    '/w/dbt/models/a.sql': `select {{ ${name}('a') }}, {{ ${name}.${name} }} from {{ ref('${name}') }} {% ${name} %}`,
    '/w/dbt/models/a.yml': `models:\n  - name: a\n    ${name}: 1\n    config: {${name}: 1}\n    columns:\n      - {name: ${name}, ${name}: 1, tests: [{${name}: {${name}: 1}}]}\n${name}: [{name: a}]\n`,
    '/w/el/meltano.yml': `version: 1\n${name}: 1\ncli: {${name}: 1}\nplugins:\n  ${name}: [{name: x, config: {_${name}: 1}}]\n  extractors:\n    - name: tap-a\n      namespace: tap_a\n      executable: tap-a\n      settings: [{name: b, kind: ${name}, ${name}: 1}]\n      config: {b: 1, ${name}: 2, _${name}: 3}\njobs: [{name: ${name}, tasks: [${name}]}]\nschedules: [{name: s, interval: '${name}', job: ${name}}]\n`,
    '/w/el/logging.yaml': `version: 1\nformatters: {f: {format: x, style: ${name}}}\nhandlers: {h: {class: ${name}, formatter: ${name}, ${name}: 1}}\n`,
    '/w/el/catalog.json': `{"streams": [{"tap_stream_id": "a", "stream": "a", "schema": {}, "${name}": "x", "metadata": [{"breadcrumb": [], "metadata": {"${name}": "x"}}]}]}`,
    '/w/compose.yaml': `services:\n  ${name}: {image: a, ${name}: 1, depends_on: {${name}: {condition: ${name}}}}\nvolumes: {${name}: }\n`,
    '/w/penstock.yaml': `pipelines:\n  ${name}: [dbt:${name}]\nseverity: {${name}: off}\n${name}: 1\n`,
    '/w/.env': `${name}=1\n`,
    '/w/PLAN.md': `# Plan\n\n| ID | Task | Status | ${name} |\n|---|---|---|---|\n| A-1 | ${name} | ${name} | ${name} |\n`,
  });
  for (const path of platform.paths()) {
    expect(platform.claimOf(path)?.kind, path).toBeTypeOf('string');
    for (const { message } of platform.findings(path)) expect(message).not.toMatch(foreign);
    const { text } = platform.source(path)!;
    for (let offset = 0; offset <= text.length; offset++) {
      expect(hover(platform, path, offset)?.markdown ?? '').not.toMatch(foreign);
      for (const { label } of complete(platform, path, offset).items) expect(label).toBeTypeOf('string');
    }
  }
});
