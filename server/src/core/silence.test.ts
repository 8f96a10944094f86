import { expect, test } from 'vitest';
import { checkFile } from './check-file.ts';
import type { Rule } from './rule.ts';
import { SourceFile } from './source-file.ts';
import { MadeItems } from './made-items.ts';
import type { Narrow, ParsedFile, Project } from './system.ts';
import { itemsOf, type Node } from './tree.ts';
import { readYamlFile } from './yaml/yaml-file.ts';

const wrappers = {};
const options = { version: '1.2', duplicateKeys: 'refuse' } as const;
const project = { root: '/w', system: 'toy' } as Project;

function read(text: string, former?: SourceFile, of: Project = project): ParsedFile<readonly Node[]> {
  const source = new SourceFile('/w/a.yml', text, former);
  const { tree, problems } = readYamlFile(source, options);
  const claim = { kind: 'toy', format: 'yaml', readsText: true, priority: 1 } as const;
  return { source, claim, project: of, ...(tree ? { tree } : {}), model: itemsOf(tree), problems, facts: [] };
}

/** Rules that report each `bad` and note what they were asked. */
function noted(more: Partial<Rule<readonly Node[]>>): { readonly asked: string[][]; readonly rule: Rule } {
  const asked: string[][] = [];
  const rule: Rule<readonly Node[]> = {
    id: 'toy/bad',
    severity: 'error',
    check: ({ model }, report) => {
      const texts = model.flatMap((node) => (node.kind === 'scalar' ? node.text : []));
      asked.push(texts);
      for (const node of model) if (node.kind === 'scalar' && node.text === 'bad') report(node, 'is bad');
    },
    ...more,
  };
  return { asked, rule };
}

function check(file: ParsedFile, rule: Rule): readonly number[] {
  const narrowed = (whole: ParsedFile, narrow: Narrow): ParsedFile => {
    const items = file.source.kept(wrappers, () => new MadeItems<Node, { readonly node: Node }>());
    const all = items.of(whole.model as readonly Node[], (node) => ({ node }));
    return { ...whole, model: narrow(all).map(({ node }) => node) };
  };
  const fail = (_rule: string, error: unknown): void => {
    throw error;
  };
  return checkFile(file, { rules: [rule], narrowed }, fail).map(({ span }) => span.start);
}

test('a local rule sees the items that changed, and those it found something in, wherever they are now', () => {
  const { asked, rule } = noted({ isLocal: true });
  const starts: (readonly number[])[] = [];
  let former: SourceFile | undefined;
  for (const second of ['two', 'twos', 'twosome']) {
    const file = read(`- one\n- ${second}\n- bad\n`, former);
    starts.push(check(file, rule));
    former = file.source;
  }
  expect(starts).toEqual([[14], [15], [18]]);
  expect(asked).toEqual([
    ['one', 'two', 'bad'],
    ['one', 'twos', 'bad'],
    ['twosome', 'bad'],
  ]);
});

test('what was silent is asked again in another project', () => {
  const { asked, rule } = noted({ isLocal: true });
  let former: SourceFile | undefined;
  for (const [text, of] of [['- one\n'], ['- ones\n'], ['- ones\n'], ['- ones\n', { ...project }]] as const) {
    const file = read(text, former, of);
    check(file, rule);
    former = file.source;
  }
  expect(asked).toEqual([['one'], ['ones'], [], ['ones']]);
});

test('a rule that found nothing is asked again when something is another that it rests on', () => {
  const { asked, rule } = noted({ restsOn: ({ model }) => model.slice(0, 1) });
  let file = read('- one\n- two\n');
  for (const text of ['- one\n- twos\n', '- one\n- bad\n', '- ones\n- bad\n', '- ones\n- bad\n\n']) {
    file = read(text, file.source);
    check(file, rule);
  }
  expect(asked).toEqual([
    ['one', 'twos'],
    ['ones', 'bad'],
    ['ones', 'bad'],
  ]);
});
