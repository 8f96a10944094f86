import type { Fact } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Parsed, Project } from '../../core/system.ts';
import { scanJinja, type JinjaBlock } from './jinja.ts';
import { layoutOf } from './layout.ts';

export interface DocsModel {
  readonly kind: 'docs';
  readonly blocks: readonly JinjaBlock[];
}

/** Reads the `{% docs name %}` blocks of a Markdown file. */
export function parseDocs(source: SourceFile, project: Project): Parsed<DocsModel> {
  const blocks = scanJinja(source.text);
  const facts = blocks.flatMap((block): readonly Fact[] => {
    const [opening, name] = block.tokens;
    if (block.kind !== 'statement' || opening?.text !== 'docs' || name?.kind !== 'name') return [];
    const place = {
      namespace: 'dbt.doc',
      scope: project.scope,
      span: name.span,
      group: layoutOf(project).package,
    };
    return [{ fact: 'definition', ...place, name: name.text, what: 'docs block' }];
  });
  return { model: { kind: 'docs', blocks }, problems: [], facts };
}
