import type { Definition, Fact, Hole } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import type { Node, ScalarNode } from '../../core/tree.ts';
import { isTemplate } from './project-jinja.ts';

export const tagNamespace = 'dbt.tag';

/** Files whose code may give tags. */
const codeKinds: ReadonlySet<string> = new Set(['model', 'python-model', 'snapshot', 'test', 'function']);
/** Files whose `tags` are those of what they describe. */
const yamlKinds: ReadonlySet<string> = new Set(['project', 'properties']);

/** The file's facts, with the tags that it gives to something. */
export function withTags(parsed: Parsed, source: SourceFile, claim: Claim, project: Project): Parsed {
  const found = codeKinds.has(claim.kind)
    ? tagsInCode(source.text, project)
    : yamlKinds.has(claim.kind)
      ? tagsInTree(parsed.tree, project)
      : [];
  return found.length === 0 ? parsed : { ...parsed, facts: [...parsed.facts, ...found] };
}

/** `config(tags=['nightly'])` and `config({'tags': 'nightly'})`. What else is called so only keeps a finding silent. */
function tagsInCode(text: string, project: Project): readonly Fact[] {
  if (!text.includes('tags')) return [];
  return [...text.matchAll(/\btags['"]?\s*[=:]\s*(\[[^\]]*\]|(['"])(?:(?!\2).)*\2)?/g)].flatMap(
    (found): readonly Fact[] => {
      const [whole, value = ''] = found;
      const at = found.index + whole.length - value.length;
      const literals = [...value.matchAll(/(['"])((?:(?!\1).)*)\1/g)];
      const rest = value.replace(/(['"])(?:(?!\1).)*\1/g, '').replace(/[[\],\s]/g, '');
      // What must be evaluated may be any tag.
      if (value === '' || rest !== '') return [unknownTags(project)];
      return literals.map(({ index, 2: name = '' }) => {
        const start = at + index + 1;
        return tag(name, { start, end: start + name.length }, project);
      });
    },
  );
}

/** Limit: nothing that takes tags lies deeper. */
const deepest = 20;

/** A tree has few tags, or none: nothing is made for what holds none. */
function tagsInTree(tree: Node | undefined, project: Project): readonly Fact[] {
  const found: Fact[] = [];
  const look = (node: Node, depth: number): void => {
    if (depth > deepest || node.kind === 'scalar') return;
    if (node.kind === 'seq') for (const item of node.items) look(item, depth + 1);
    else
      for (const { key, value } of node.pairs)
        if (key.text !== 'tags' && key.text !== '+tags') look(value, depth + 1);
        else
          for (const text of textsIn(value))
            found.push(isTemplate(text) ? unknownTags(project) : tag(text.text, text.span, project));
  };
  if (tree) look(tree, 0);
  return found;
}

function textsIn(node: Node): readonly ScalarNode[] {
  const all = node.kind === 'seq' ? node.items : [node];
  return all.flatMap((each) => (each.kind === 'scalar' && typeof each.value === 'string' ? each : []));
}

function tag(name: string, span: Span, { scope }: Project): Definition {
  return { fact: 'definition', namespace: tagNamespace, scope, name, span, what: 'tag', exclusive: false };
}

function unknownTags({ scope }: Project): Hole {
  return {
    fact: 'hole',
    namespace: tagNamespace,
    scope,
    reason: 'some tags are computed, so tags that nothing has are not told; write them plainly',
  };
}
