import { keysOfUse } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import type { Span } from '../core/span.ts';
import { ownName } from '../core/step-name.ts';
import type { Step } from '../core/step.ts';

export interface StepPlace {
  readonly step: Step;
  /** Where in the file the thing is that it runs. */
  readonly span: Span;
}

/**
 * What can be done with the things of one file, of all `steps`: those written there, those the file is by being there,
 * and those it says more of; each with its other forms.
 */
export function stepsIn(platform: Platform, path: string, steps: readonly Step[]): readonly StepPlace[] {
  const described = describedIn(platform, path);
  const found: StepPlace[] = [];
  for (const step of steps) {
    const { location } = step;
    if (!location) continue;
    const places = location.path === path ? [location.span] : (described.get(placeId(location)) ?? []);
    if (places.length === 0) continue;
    // A form without a word of its own is no button: somebody else asks for it by its name.
    const forms = [step, ...platform.stepList.variants(step).filter((each) => each.verb !== undefined)];
    for (const span of places) found.push(...forms.map((each) => ({ step: each, span })));
  }
  found.push(...placedSteps(platform, path, steps));
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Steps of things in the file that are forms of a project's commands. */
function placedSteps(platform: Platform, path: string, steps: readonly Step[]): readonly StepPlace[] {
  const file = platform.parsed(path);
  const places = (file && platform.systemOf(path)?.stepPlaces?.(file, platform.facts)) ?? [];
  if (!file || places.length === 0) return [];
  const own = new Map(
    steps.filter(({ project }) => project === file.project.root).map((step) => [ownName(step), step]),
  );
  return places.flatMap(({ step: name, span }) => {
    const listed = own.get(platform.stepList.listedName(name));
    const step = listed && (listed.id === name ? listed : platform.stepList.variant(listed, name));
    return step ? [{ step, span }] : [];
  });
}

/** Where the file says more of what another one defines, by the place of that definition. */
function describedIn(platform: Platform, path: string): ReadonlyMap<string, readonly Span[]> {
  const found = new Map<string, Span[]>();
  for (const fact of platform.facts.of(path)) {
    if (fact.fact !== 'use' || fact.role !== 'properties') continue;
    for (const key of keysOfUse(fact)) {
      for (const definition of platform.facts.definitions(key)) {
        if (definition.path === path) continue;
        const id = placeId(definition);
        const known = found.get(id);
        if (known) known.push(fact.span);
        else found.set(id, [fact.span]);
      }
    }
  }
  return found;
}

function placeId({ path, span }: { readonly path: string; readonly span: Span }): string {
  return `${span.start} ${path}`;
}
