import type { Fact, Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { configUses, isTemplate } from './project-jinja.ts';
import type { YamlModel } from './properties.ts';
import { folderNamespace } from './folder-facts.ts';
import { selectedFile, selectedFolder } from './selected-files.ts';
import { defaultMethod, readSpec } from './selector-spec.ts';
import { namesInSpec, type SpecName } from './spec-names.ts';
import { layoutOf } from './layout.ts';
import { isSecondLine } from './version.ts';
import { readDbtYaml } from './yaml.ts';

/** Reads selectors.yml: the selectors, and what they name. */
export function parseSelectors(source: SourceFile, project: Project): Parsed<YamlModel> {
  const { tree, problems } = readDbtYaml(source, project);
  const model: YamlModel = { kind: 'yaml' };
  if (!tree || project.vendored) return { model, problems, facts: [], ...(tree ? { tree } : {}) };
  const { text } = source;
  const facts = itemsOf(get(tree, 'selectors')).flatMap((entry): readonly Fact[] => {
    const name = stringOf(get(entry, 'name'));
    const definition = get(entry, 'definition');
    const uses = definition ? definitionUses(definition, { text, project }) : [];
    if (!name) return uses;
    const place = { namespace: 'dbt.selector', scope: project.scope, name: name.text, span: name.span };
    const about = stringOf(get(entry, 'description'))?.text;
    return [
      { fact: 'definition', ...place, what: 'selector', ...(about === undefined ? {} : { about }) },
      ...uses,
    ];
  });
  return { tree, model, problems, facts: [...facts, ...configUses(tree, { text, project })] };
}

interface Reader {
  readonly text: string;
  readonly project: Project;
}

function definitionUses(node: Node, reader: Reader): readonly Use[] {
  if (node.kind === 'seq') return node.items.flatMap((item) => definitionUses(item, reader));
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string' || isTemplate(node)) return [];
    const { method = defaultMethod(node.text), value, at } = readSpec(node.text);
    return nameUse({ node, method, value, at }, reader);
  }
  const method = stringOf(get(node, 'method'));
  const value = stringOf(get(node, 'value'));
  const own =
    method && value ? nameUse({ node: value, method: method.text, value: value.text, at: 0 }, reader) : [];
  const [only] = pairsOf(node);
  const short = pairsOf(node).length === 1 ? stringOf(only?.value) : undefined;
  return [
    ...own,
    ...(only && short
      ? nameUse({ node: short, method: only.key.text, value: short.text, at: 0 }, reader)
      : []),
    ...['union', 'intersection', 'exclude'].flatMap((key) => {
      const pair = findPair(node, key);
      return pair?.value.kind === 'seq' ? definitionUses(pair.value, reader) : [];
    }),
  ];
}

interface Named {
  readonly node: ScalarNode;
  readonly method: string;
  readonly value: string;
  readonly at: number;
}

/** Of a selector dbt must know the name; of others it selects nothing where they are not there. */
function nameUse({ node, method, value, at }: Named, { text, project }: Reader): readonly Use[] {
  const placed = (found: Omit<SpecName, 'isPart'>, role: string, data?: Use['data']): readonly Use[] => {
    const { namespaces, name, prefix = '' } = found;
    const start = node.span.start + at + found.at;
    const span = { start, end: start + name.length - prefix.length };
    if (text.slice(span.start, span.end) !== name.slice(prefix.length)) return [];
    const place = { namespaces, scope: project.scope, name, span, role };
    return [{ fact: 'use', ...place, ...(prefix === '' ? {} : { prefix }), ...(data ? { data } : {}) }];
  };
  const file = selectedFile(method, value, project);
  if (file) return placed(file, 'deferred');
  const folder = selectedFolder(method, value, project);
  if (folder !== undefined) {
    // The part that is written is the end of the name, as far as both go.
    const [own] = placed({ namespaces: [folderNamespace], name: value, at: 0 }, 'deferred');
    return own ? [{ ...own, name: folder, prefix: folder }] : [];
  }
  const role = method !== 'selector' ? 'deferred' : isSecondLine(project) ? 'plain' : 'branch';
  return namesInSpec(method, value, layoutOf(project).package).flatMap((each) =>
    each.isPart ? placed(each, 'deferred', { isPart: 'yes' }) : placed(each, role),
  );
}
