import type { Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import type { Node, ScalarNode } from '../../core/tree.ts';
import { misplacedSecret, usesInText, type Role } from './references.ts';

/** A file of the project that is rendered before any model is read, so that only variables can be had. */
export interface RenderedFile {
  readonly text: string;
  readonly project: Project;
}

/** What the Jinja of a whole subtree relies on: environment variables, and variables from outside the project. */
export function configUses(
  node: Node | undefined,
  file: RenderedFile,
  { role = 'plain', isSecret = false }: { readonly role?: Role; readonly isSecret?: boolean } = {},
): readonly Use[] {
  const found: Use[] = [];
  for (const scalar of templatesIn(node)) {
    for (const use of usesInText(file.text, scalar.span, file.project, role, { isSecret })) {
      if (use.namespaces.includes('dbt.env') || use.namespaces.includes(misplacedSecret)) found.push(use);
      // `vars` of dbt_project.yml are not known yet while it is rendered itself.
      else if (use.namespaces.includes('dbt.var'))
        found.push({ ...use, role: 'deferred' }, { ...use, namespaces: ['dbt.file-var'] });
    }
  }
  return found;
}

/** What a hook relies on: it is rendered as a model is. */
export function hookUses(node: Node | undefined, file: RenderedFile): readonly Use[] {
  return templatesIn(node).flatMap((scalar) => usesInText(file.text, scalar.span, file.project, 'plain'));
}

/** The strings of a subtree that hold Jinja. */
export function templatesIn(node: Node | undefined): readonly ScalarNode[] {
  if (!node) return [];
  if (node.kind === 'map') return node.pairs.flatMap((pair) => templatesIn(pair.value));
  if (node.kind === 'seq') return node.items.flatMap(templatesIn);
  return typeof node.value === 'string' && isTemplate(node) ? [node] : [];
}

/** True for a value that Jinja makes: nobody knows it by reading. */
export function isTemplate({ text }: ScalarNode): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#');
}

/** The same for dbt v2, which reads YAML 1.2, where `off` is a word and no `false`. */
export function isUnjudgedByV2(node: ScalarNode): boolean {
  return isTemplate(node) || (typeof node.value === 'boolean' && !/^(?:true|false)$/i.test(node.text));
}
