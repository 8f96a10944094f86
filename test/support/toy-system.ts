import type { Definition, Fact, Use } from '../../server/src/core/facts.ts';
import { defineSystem, type Problem, type System } from '../../server/src/core/system.ts';
import type { Rule } from '../../server/src/core/rule.ts';

/**
 * A tool small enough to hold in mind, for tests of the engine. A project is a folder with `toy.txt`.
 * Lines of its `*.toy` files: `def NAME`, `use NAME`, `hole`, `bad` (a problem), `rule` (a rule's finding), `throw` (a rule's bug),
 * `share NAME` (a rule between files warns of each other file that shares it) and `gap` (silences that rule).
 */
export const toy: System = defineSystem({
  id: 'toy',
  title: 'Toy',
  icon: 'beaker',
  markers: ['toy.txt'],
  names: [
    {
      namespace: 'toy.thing',
      title: 'thing',
      undefined: (use) => ({
        code: 'toy/undefined-thing',
        severity: 'error',
        message: `no thing is named \`${use.name}\``,
      }),
      duplicate: (definition) => ({
        code: 'toy/duplicate-thing',
        severity: 'warning',
        message: `\`${definition.name}\` is defined twice`,
      }),
    },
  ],
  rules: [
    lineRule('rule', (line, report) => report(line, 'the line says `rule`')),
    lineRule('throw', () => {
      throw new Error('a bug in a rule');
    }),
  ],
  betweenRules: [
    {
      id: 'toy/shared-elsewhere',
      severity: 'information',
      over: ['toy.shared'],
      check: ({ path, facts }, reader, report) => {
        if (reader.holes('toy.shared', '').length > 0) return;
        for (const fact of facts) {
          if (fact.fact !== 'definition' || fact.namespace !== 'toy.shared') continue;
          const others = reader.definitions(fact).filter((other) => other.path !== path);
          const related = others
            .map(({ path: at, span }) => ({ path: at, span, message: 'here, too' }))
            // Facts come in no order that a later start would repeat.
            .sort((a, b) => (a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1));
          if (others.length > 0) report(fact, `\`${fact.name}\` is shared elsewhere`, { related });
        }
      },
    },
  ],
  openProject: (marker, place) => ({
    name: marker.text.trim() || 'toy',
    data: null,
    vendored: place.root.includes('/installed/'),
  }),
  claim: (path) =>
    path.endsWith('.toy') || path.endsWith('toy.txt')
      ? { kind: 'toy', format: 'text', readsText: true, priority: 1 }
      : undefined,
  parse: (source, _claim, project) => {
    const facts: Fact[] = [];
    const problems: Problem[] = [];
    const model: Line[] = [];
    for (const match of source.text.matchAll(/^(\w+)(?: (\S*))?$/gm)) {
      const [, word = '', name = ''] = match;
      const start = match.index + match[0].length - name.length;
      const span = { start, end: start + name.length };
      const whole = { start: match.index, end: match.index + match[0].length };
      if (word === 'def')
        facts.push({
          fact: 'definition',
          namespace: 'toy.thing',
          scope: project.scope,
          name,
          span,
          what: 'thing',
        } satisfies Definition);
      if (word === 'use')
        facts.push({
          fact: 'use',
          namespaces: ['toy.thing'],
          scope: project.scope,
          name,
          span,
          role: 'use',
        } satisfies Use);
      if (word === 'hole')
        facts.push({
          fact: 'hole',
          namespace: 'toy.thing',
          scope: project.scope,
          reason: 'things are missing',
        });
      if (word === 'share')
        facts.push({
          fact: 'definition',
          namespace: 'toy.shared',
          scope: '',
          name,
          span,
          what: 'shared thing',
          exclusive: false,
        } satisfies Definition);
      if (word === 'gap')
        facts.push({ fact: 'hole', namespace: 'toy.shared', scope: '', reason: 'nobody can tell' });
      if (word === 'bad') problems.push({ code: 'toy/bad', span: whole, message: 'this is bad' });
      model.push({ word, span: whole });
    }
    return { model, problems, facts };
  },
  steps: (project, facts) =>
    [...facts.all('toy.thing', project.scope)].map((thing) => ({
      id: `toy:thing/${thing.name}`,
      title: `Run ${thing.name}`,
      detail: 'a thing',
      system: 'toy',
      project: project.root,
      kind: 'thing',
      location: { path: thing.path, span: thing.span },
      work: {
        kind: 'command',
        executable: { name: 'true', install: '' },
        args: [],
        cwd: project.root,
        writes: [],
        cancel: [],
      },
    })),
});

interface Line {
  readonly word: string;
  readonly span: { readonly start: number; readonly end: number };
}

function lineRule(word: string, check: (line: Line, report: Parameters<Rule['check']>[1]) => void): Rule {
  return {
    id: `toy/${word}`,
    severity: 'warning',
    check: (file, report) => {
      for (const line of file.model as readonly Line[]) if (line.word === word) check(line, report);
    },
  };
}
