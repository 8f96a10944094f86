import { hoverBySchema } from '../../core/schema/schema-assist.ts';
import { touches } from '../../core/span.ts';
import type { HoverText, ParsedFile } from '../../core/system.ts';
import { hoverJinja } from './assist-jinja.ts';
import { dataTestsIn } from './data-tests.ts';
import { layoutOf } from './layout.ts';
import { schemasOf } from './schemas.ts';

/** What dbt's schema says of the key under the cursor, and what a name of Jinja in SQL is. */
export function hoverDbt(file: ParsedFile, offset: number): HoverText | undefined {
  if (file.claim.format === 'sql') return hoverJinja(file, offset);
  const test = file.claim.kind === 'properties' ? hoverTest(file, offset) : undefined;
  if (test) return test;
  const schemas = schemasOf(file.claim.kind);
  return schemas && hoverBySchema(file, schemas.published, offset);
}

/** What dbt calls a data test, which nobody writes. */
function hoverTest({ tree, project }: ParsedFile, offset: number): HoverText | undefined {
  const tests = dataTestsIn(tree, project).filter(({ span }) => touches(span, offset));
  const [test] = tests;
  if (!test) return undefined;
  const names = tests.map(({ name }) => `**${name.replaceAll('_', '\\_')}**`).join(', ');
  return {
    span: test.span,
    markdown: `${names} — data test${tests.length > 1 ? 's, one a version' : ''}`,
    ...(tests.length > 1 ? {} : { runId: `test.${layoutOf(project).package}.${test.name}` }),
  };
}
