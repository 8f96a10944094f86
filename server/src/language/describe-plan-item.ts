import { checkNamespace } from '../core/evidence.ts';
import { anyScope, type NameKey } from '../core/facts.ts';
import { isOpen, type Standing, type StandingItem } from '../core/plan-next.ts';
import type { Meaning } from '../core/plan-links.ts';
import { isMeant } from '../core/meant.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import { platformPlan } from './platform-plan.ts';

/** Limit: a hover is read at a glance. */
const mostNamed = 5;

/** How the item of a plan that is written within a span stands among the others, as Markdown; undefined where none is. */
export function describePlanItem(platform: Platform, path: string, within: Span): string | undefined {
  if (!platform.systemOf(path)?.readPlan) return undefined;
  const { standings } = platformPlan(platform).order;
  const standing = standings.find(({ item }) => item.path === path && isWithin(item.at, within));
  if (!standing) return undefined;
  const waiting = standings.filter(({ blockedBy }) => blockedBy.includes(standing.item));
  const parts = [
    stateOf(standing),
    dependenciesOf(standing.item),
    waiting.length === 0
      ? undefined
      : `Waited for by ${listed(waiting.map(({ item }) => quoted(item.title)))}`,
    mentionsOf(platform, standing.item, within),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function stateOf({ isReady, blockedBy }: Standing): string | undefined {
  if (isReady) return 'Ready to start';
  return blockedBy.length === 0
    ? undefined
    : `Blocked by ${listed(blockedBy.map(({ title }) => quoted(title)))}`;
}

function dependenciesOf({ dependencies, meanings }: StandingItem): string | undefined {
  if (dependencies.length === 0) return undefined;
  const lines = dependencies.map((written, at) => `- ${escape(written)}: ${meaningOf(meanings[at]!)}`);
  return ['Depends on', '', ...lines].join('\n');
}

function meaningOf(meaning: Meaning<StandingItem>): string {
  switch (meaning.kind) {
    case 'items': {
      const [only, ...others] = meaning.items;
      if (only && others.length === 0) return `${quoted(only.title)} (${statusOf(only)})`;
      const open = meaning.items.filter(({ item }) => isOpen(item)).length;
      const names = listed(meaning.items.map(({ title }) => quoted(title)));
      return `${names} (${open} of ${meaning.items.length} open)`;
    }
    case 'services':
      return `the ${meaning.names.length === 1 ? 'service' : 'services'} ${listed(meaning.names.map(quoted))}`;
    case 'system':
      return `${escape(meaning.title)}, which is here`;
    case 'check':
      return `the check ${quoted(meaning.id)}`;
    case 'missing':
      return `the plan has no ${escape(meaning.name)}`;
    case 'text':
      return 'nobody can tell whether it is there';
  }
}

function statusOf({ status }: StandingItem): string {
  return status === 'unknown' ? 'status unknown' : status.replace('-', ' ');
}

/** The checks that are about the item, and the pipelines that do the steps which it names. */
function mentionsOf({ facts }: Platform, { path, id }: StandingItem, within: Span): string | undefined {
  const checks = facts
    .uses({ namespace: 'plan.item', scope: anyScope, name: id })
    .flatMap(({ by }) => (by?.namespace === checkNamespace ? [`the check ${quoted(by.name)}`] : []));
  const steps = facts
    .of(path)
    .filter(
      (fact) =>
        fact.fact === 'use' &&
        fact.namespaces.includes('step') &&
        isWithin(fact.span.start, within) &&
        isMeant(fact, facts),
    );
  const pipelines = steps.flatMap((step) =>
    step.fact === 'hole' ? [] : usersOf(facts.uses({ namespace: 'step', scope: '', name: step.name })),
  );
  const all = [...new Set([...checks, ...pipelines])];
  return all.length === 0 ? undefined : `Mentioned by ${listed(all)}`;

  function usersOf(uses: readonly { readonly by?: NameKey }[]): readonly string[] {
    return uses.flatMap(({ by }) => {
      const [user] = by ? facts.definitions(by) : [];
      return user ? [`the ${user.what} ${quoted(user.name)}`] : [];
    });
  }
}

function isWithin(offset: number, { start, end }: Span): boolean {
  return offset >= start && offset <= end;
}

function listed(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${more}`;
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '')}\``;
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&');
}
