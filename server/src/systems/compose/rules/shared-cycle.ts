import type { Use } from '../../../core/facts.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import {
  includedNamespace,
  scopeOfFile,
  serviceNamespace,
  servicesOf,
  type Service,
} from '../../../core/services.ts';
import { chain } from './cycle.ts';

/**
 * Services of several files that wait for each other in a circle; of one file by itself `cycle` tells. Told once, at the
 * last of the circle by name.
 */
export const sharedCycle: BetweenRule = {
  id: 'compose/dependency-cycle',
  severity: 'error',
  over: [serviceNamespace, includedNamespace],
  check({ facts, path }, known, report) {
    const waits = facts.filter((fact): fact is Use => fact.fact === 'use' && fact.role === 'depends-on');
    const [first] = waits;
    if (!first) return;
    const all = servicesOf(scopeOfFile(path, first.scope, known), known);
    const services = new Map(all.map((service) => [service.name, service]));
    const own = new Set(waits.map(({ by, name }) => edge(by?.name, name)));
    for (const wait of waits) {
      const circle = wait.by && wayBack(wait.name, wait.by.name, services);
      if (!circle || circle.toSorted().at(-1) !== wait.by.name) continue;
      if (circle.every((name, at) => own.has(edge(circle.at(at - 1), name)))) continue;
      const isMild = circle.some((name) => services.get(name)!.profiles.length > 0);
      report(
        wait,
        `${chain(circle)} wait for each other, so none can start; remove one of the dependencies`,
        isMild ? { severity: 'warning' } : {},
      );
    }
  },
};

function edge(from: string | undefined, to: string): string {
  return `${from}\n${to}`;
}

/** The services from one to another that it waits for in the end; undefined where it does not. */
function wayBack(
  from: string,
  to: string,
  services: ReadonlyMap<string, Service>,
  seen: Set<string> = new Set(),
): readonly string[] | undefined {
  if (from === to) return [to];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of services.get(from)?.dependsOn ?? []) {
    const way = wayBack(next, to, services, seen);
    if (way) return [from, ...way];
  }
  return undefined;
}
