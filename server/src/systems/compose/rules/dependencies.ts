import type { Definition, Located, Use } from '../../../core/facts.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { FactRule, Report } from '../../../core/rule.ts';
import { scopeOfFile, servicesOf } from '../../../core/services.ts';
import { namespaces } from '../names.ts';

/** What a service waits for, and will not come. */
export const dependencies: FactRule = {
  id: 'compose/no-healthcheck',
  severity: 'information',
  check({ facts, path }, known, report) {
    for (const fact of facts) {
      if (fact.fact !== 'use' || fact.role !== 'depends-on') continue;
      const definitions = definitionsOf(fact, known);
      if (definitions.length === 0) continue;
      checkHealth(fact, definitions, report);
      checkProfiles(fact, { path, known }, report);
    }
    for (const fact of facts)
      if (fact.fact === 'use' && fact.role === 'context')
        checkBuilt(fact, definitionsOf(fact, known), report);
  },
};

function definitionsOf(use: Use, known: FactReader): readonly Located<Definition>[] {
  return known.reached({ ...use, namespace: namespaces.service }).flatMap((key) => known.definitions(key));
}

/** An image may bring a health check of its own, which cannot be seen from here; one that is switched off does not count. */
function checkHealth(use: Use, definitions: readonly Located<Definition>[], report: Report): void {
  if (use.data?.['condition'] !== 'service_healthy') return;
  const said = definitions.map(({ data }) => data?.['healthcheck']);
  const name = `\`${use.name}\``;
  if (said.includes('off'))
    report(
      use,
      `the health check of ${name} is switched off, so it never becomes healthy; wait for \`service_started\``,
      {
        severity: 'warning',
      },
    );
  else if (!said.includes('on') && !definitions.some(({ data }) => data?.['build'] ?? data?.['extends']))
    report(
      use,
      `${name} has no \`healthcheck\` here, so this waits for ever unless its image brings one; add one`,
    );
}

/** Without its profile the service is not there, and Compose refuses the project. */
function checkProfiles(
  use: Use,
  { path, known }: { readonly path: string; readonly known: FactReader },
  report: Report,
): void {
  if (use.data?.['required'] === 'false') return;
  const services = servicesOf(scopeOfFile(path, use.scope, known), known);
  const [own, other] = [use.by?.name, use.name].map(
    (name) => services.find((each) => each.name === name)?.profiles,
  );
  if (!own || !other || other.length === 0 || own.some((profile) => other.includes(profile))) return;
  if (known.isDefined({ namespace: 'env', scope: '', name: 'COMPOSE_PROFILES' })) return;
  report(
    use,
    `\`${use.name}\` belongs to the profile \`${other.join('`, `')}\`, without which Compose refuses this; give both the profile, or set \`required: false\``,
    {
      code: 'compose/disabled-dependency',
      severity: 'warning',
    },
  );
}

/** Only what is built can be built upon. */
function checkBuilt(use: Use, definitions: readonly Located<Definition>[], report: Report): void {
  if (use.role !== 'context' || definitions.length === 0) return;
  if (definitions.some(({ data }) => data?.['made'] === 'build' || data?.['extends'])) return;
  report(
    use,
    `the service \`${use.name}\` is not built here, so nothing can be built upon it; name one with \`build\``,
    {
      code: 'compose/invalid-value',
      severity: 'error',
    },
  );
}
