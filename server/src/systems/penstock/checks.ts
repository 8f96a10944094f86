import { addressText, webAddressText } from '../../core/address.ts';
import { checkNamespace, type Check, type Probe, type Waiver } from '../../core/evidence.ts';
import type { FactReader } from '../../core/fact-index.ts';
import { resolvePath } from '../../core/path.ts';
import { commandWithoutSecrets } from '../../core/secret-looks.ts';
import { meantReading } from '../../core/step-name.ts';
import type { Project } from '../../core/system.ts';
import type { CheckPlan, WaiverPlan } from './check-facts.ts';
import { judgeCoverage } from './coverage.ts';
import { judgeJunit } from './junit.ts';
import { stepNamespace, waiverNamespace } from './names.ts';
import type { WrittenProbe } from './probe-of.ts';

/** The checks that the project's file asks for; what cannot be read is left out, and a finding says so. */
export function checksOf({ scope, root }: Project, facts: FactReader): readonly Check[] {
  return [...facts.all(checkNamespace, scope)].flatMap(({ name, data, path, span }): readonly Check[] => {
    const text = data?.['plan'];
    if (text === undefined) return [];
    const { probe, items, systems, categories, ...rest } = JSON.parse(text) as CheckPlan;
    return [
      {
        id: name,
        title: titleOf(probe, { root, facts }),
        weight: 1,
        ...rest,
        probe: probeFrom(probe, { root, facts }),
        about: { items, systems, categories },
        folder: root,
        location: { path, span },
      },
    ];
  });
}

export function waiversOf({ scope }: Project, facts: FactReader): readonly Waiver[] {
  return [...facts.all(waiverNamespace, scope)].map(({ name, data, path, span }) => {
    const { reason, by, until } = JSON.parse(data!['plan']!) as WaiverPlan;
    return { check: name, reason, by, until, location: { path, span } };
  });
}

interface Around extends Pick<Project, 'root'> {
  readonly facts: FactReader;
}

function ranOf(written: string, { root, facts }: Around): Extract<Probe, { readonly kind: 'ran' }> {
  const { name, label } = meantReading(written, (step) =>
    facts.isDefined({ namespace: stepNamespace, scope: '', name: step }),
  );
  return {
    kind: 'ran',
    step: name,
    ...(label === undefined ? {} : { project: resolvePath(root, label) }),
  };
}

function probeFrom(probe: WrittenProbe, around: Around): Probe {
  switch (probe.kind) {
    case 'junit':
      return {
        kind: 'artifact',
        patterns: probe.patterns,
        made: 'run the tests with a JUnit report',
        judge: judgeJunit,
      };
    case 'coverage':
      return {
        kind: 'artifact',
        patterns: probe.patterns,
        made: 'run the tests with coverage',
        judge: (files) => judgeCoverage(files, probe.atLeast),
        newest: true,
      };
    case 'file':
    case 'valid':
    case 'defined':
    case 'env':
    case 'port':
    case 'http':
    case 'hello':
    case 'command':
    case 'check':
      return probe;
    case 'ran':
      return ranOf(probe.written, around);
  }
}

const protocols = { redis: 'Redis', postgres: 'PostgreSQL', kafka: 'Kafka', elasticsearch: 'Elasticsearch' };

/** What a check without a title is called. */
function titleOf(probe: WrittenProbe, around: Around): string {
  switch (probe.kind) {
    case 'file':
      return `Files at ${probe.patterns.join(', ')}`;
    case 'valid':
      return `The configuration of ${probe.system} is valid`;
    case 'defined':
      return `${probe.atLeast} ${probe.what}${probe.atLeast === 1 ? '' : 's'} defined`;
    case 'env':
      return `${probe.names.join(', ')} set`;
    case 'ran':
      return `The last run of ${ranOf(probe.written, around).step}`;
    case 'port':
      return `${addressText(probe.address)} is open`;
    case 'http':
      return `${webAddressText(probe.url)} answers`;
    case 'hello':
      return `${protocols[probe.protocol]} answers at ${addressText(probe.address)}`;
    case 'command':
      return commandWithoutSecrets(probe.words);
    case 'check':
      return probe.of;
    case 'junit':
      return `Tests in ${probe.patterns.join(', ')}`;
    case 'coverage':
      return `Coverage in ${probe.patterns.join(', ')}`;
  }
}
