import { expect, test } from 'vitest';
import { FactIndex } from './fact-index.ts';
import type { Definition } from './facts.ts';
import { StepList } from './step-list.ts';
import type { Step } from './step.ts';
import type { Project, System } from './system.ts';

const define = (namespace: string, name: string, start = 0): Definition => ({
  fact: 'definition',
  namespace,
  scope: '',
  name,
  span: { start, end: start + 1 },
  what: 'thing',
});

const project = { system: 'toy', root: '/w', scope: '', vendored: false } as Project;

/** A system whose steps are the things of a namespace, and a name for what its marker says. */
function toy(): { readonly list: StepList; readonly asked: string[] } {
  const asked: string[] = [];
  const system = {
    id: 'toy',
    steps: ({ root }, facts) => {
      asked.push(root);
      const names = [...facts.all('toy.thing')].map(({ name, path, span }): Step => {
        const location = { path, span };
        return { id: name, title: name, detail: '', system: 'toy', project: root, kind: 'command', work: { kind: 'pipeline', steps: [] }, location }; // prettier-ignore
      });
      return facts.of('/w/marker').length > 0 ? names : [];
    },
  } as Partial<System> as System;
  return { list: new StepList([system]), asked };
}

test('steps are told again when something changed that they follow from, and only then', () => {
  const facts = new FactIndex();
  facts.add('/w/marker', [define('toy.marker', 'm')]);
  facts.add('/w/a', [define('toy.thing', 'a')]);
  const { list, asked } = toy();
  const steps = (): readonly Step[] => list.all([project], facts, ['/w']);
  const first = steps();
  facts.replace('/w/b', [define('other.thing', 'b')]);
  expect(steps()).toBe(first);
  expect(list.named('a@there', steps()).map(({ id }) => id)).toEqual(['a']);
  // A thing that only moved, one that came, and what another file says that was looked at.
  facts.replace('/w/a', [define('toy.thing', 'a', 7)]);
  expect(steps()[0]?.location?.span.start).toBe(7);
  facts.replace('/w/c', [define('toy.thing', 'c')]);
  expect(steps().map(({ id }) => id)).toEqual(['a', 'c']);
  expect(list.named('c', steps())).toHaveLength(1);
  facts.replace('/w/marker', []);
  expect(steps()).toEqual([]);
  expect(asked).toHaveLength(4);
  list.all([{ ...project }], facts, ['/w']);
  expect(asked).toHaveLength(5);
});
