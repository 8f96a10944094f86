import type { FactReader } from '../../../core/fact-index.ts';
import type { Location } from '../../../core/span.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { allServices, includedNamespace, serviceNamespace } from '../../../core/services.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { allOf } from '../../../core/vocabulary.ts';
import { documentNamespace } from '../facts.ts';
import { isPlanFile } from '../item-facts.ts';
import type { PlanModel } from '../model.ts';
import { subjectOf } from '../stated-facts.ts';

/** A version that the plan states and the platform contradicts: 'PostgreSQL 16 ✅' where compose starts `postgres:15`. */
export const contradictedVersion: BetweenRule = {
  id: 'plan/contradicted-version',
  severity: 'warning',
  over: [documentNamespace, serviceNamespace, includedNamespace, 'tool'],
  check(file, facts, report) {
    if (!isPlanFile(file)) return;
    const stated = (file.parsed() as ParsedFile<PlanModel> | undefined)?.model.plan.facts ?? [];
    if (stated.length === 0) return;
    const known = versionsOf(facts);
    for (const { subject, value, span } of stated) {
      const found = known.filter((each) => each.subject === subject);
      const [first] = found;
      // Where several versions are there, nobody can tell which is meant.
      if (!first || found.some((each) => each.version !== first.version) || agree(value, first.version))
        continue;
      const newText = first.version.split('.').slice(0, value.split('.').length).join('.');
      report(span, `the plan says ${value}, ${first.who} is ${first.version}; correct one of them`, {
        related: [{ ...first.place, message: `${first.version} is told here` }],
        fixes: [{ title: `Write ${newText}`, edits: [{ path: file.path, span, newText }], certain: false }],
      });
    }
  },
};

interface KnownVersion {
  readonly subject: string;
  readonly version: string;
  /** For a sentence. */
  readonly who: string;
  readonly place: Location;
}

function versionsOf(facts: FactReader): readonly KnownVersion[] {
  const services = allServices(facts).flatMap(({ name, image, definitions }): readonly KnownVersion[] => {
    const [, repository, version] = /^(?:.*\/)?([\w.-]+):v?(\d+(?:\.\d+)*)/.exec(image ?? '') ?? [];
    const [definition] = definitions;
    if (repository === undefined || version === undefined || !definition) return [];
    const { path, span } = definition;
    return [
      { subject: subjectOf(repository), version, who: `the service \`${name}\``, place: { path, span } },
    ];
  });
  const tools = allOf(facts, 'tool').flatMap(({ name, data, path, span }): readonly KnownVersion[] =>
    data.version === undefined
      ? []
      : [
          {
            subject: name,
            version: data.version,
            who: `${name} ${data.versionSource ?? ''}`.trim(),
            place: { path, span },
          },
        ],
  );
  return [...services, ...tools];
}

/** '16' is '16.2', and '16.2' may be '16': as far as both tell. */
function agree(a: string, b: string): boolean {
  const [left, right] = [a.split('.'), b.split('.')];
  return left.every((part, at) => right[at] === undefined || Number(part) === Number(right[at]));
}
