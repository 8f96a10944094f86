import type { Definition } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import type { DbtFileKind, ResourcePlace } from './claim.ts';
import { implementationOf } from './dispatched.ts';
import type { JinjaBlock, Token } from './jinja.ts';
import { layoutOf } from './layout.ts';

/** What a SQL file defines by its blocks: snapshots in snapshot files, macros and generic tests in macro files. */
export function blockDefinitions(
  text: string,
  blocks: readonly JinjaBlock[],
  { kind, place, project, isOff }: FileOfBlocks,
): readonly Definition[] {
  if (kind !== 'snapshot' && kind !== 'macro') return [];
  const found: Definition[] = [];
  for (const [at, block] of blocks.entries()) {
    const [opening, name] = block.tokens;
    if (block.kind !== 'statement' || name?.kind !== 'name') continue;
    const common = {
      fact: 'definition',
      scope: project.scope,
      span: name.span,
      group: layoutOf(project).package,
    } as const;
    if (kind === 'snapshot' && opening?.text === 'snapshot') {
      const data = { resource: 'snapshot', folder: place.folders.join('/') };
      const node = { ...common, namespace: 'dbt.node', name: name.text, what: 'snapshot', data };
      found.push({ ...node, ...(isOff ? { exclusive: false } : {}) });
    } else if (kind === 'macro' && opening?.text === 'macro') {
      const data = taken(text, blocks, at);
      found.push({ ...common, namespace: 'dbt.macro', name: name.text, what: 'macro', data });
      found.push(...implementationOf(name.text, project));
    } else if (kind === 'macro' && (opening?.text === 'test' || opening?.text === 'data_test')) {
      const data = taken(text, blocks, at);
      const test = { ...common, namespace: 'dbt.macro', name: `test_${name.text}`, prefix: 'test_' };
      found.push({ ...test, what: 'generic test', data });
    } else if (kind === 'macro' && opening?.text === 'materialization') {
      const own = { ...common, what: 'materialization', exclusive: false };
      const macro = `materialization_${name.text}_${adapterOf(block.tokens)}`;
      found.push({ ...own, namespace: 'dbt.macro', name: macro, implicit: true });
      found.push({ ...own, namespace: 'dbt.materialization', name: name.text });
    }
  }
  return found;
}

interface FileOfBlocks {
  readonly kind: DbtFileKind;
  readonly place: ResourcePlace;
  readonly project: Project;
  readonly isOff: boolean;
}

/** `duckdb` of `materialization x, adapter='duckdb'`. */
function adapterOf(tokens: readonly Token[]): string {
  const at = tokens.findIndex((token) => token.kind === 'name' && token.text === 'adapter');
  return (at < 0 ? undefined : tokens[at + 2]?.text) ?? 'default';
}

const extras = ['varargs', 'kwargs', 'caller'];

/** The text between a macro's brackets on one line, and what its body takes beyond that. */
function taken(text: string, blocks: readonly JinjaBlock[], at: number): Readonly<Record<string, string>> {
  const more = extrasOf(blocks, at).map((name) => `*${name}`);
  const parameters = between(text, blocks[at]!.tokens);
  return more.length === 0 ? { parameters } : { parameters, more: more.join(', ') };
}

function between(text: string, tokens: readonly Token[]): string {
  const open = tokens[2];
  const close = tokens.findLast((token) => token.kind === 'mark' && token.text === ')');
  if (open?.text !== '(' || !close) return '';
  return text.slice(open.span.end, close.span.start).replaceAll(/\s+/g, ' ').trim().replace(/,$/, '');
}

/** Which of Jinja's names for what is given beyond the parameters the macro's body uses. */
function extrasOf(blocks: readonly JinjaBlock[], at: number): readonly string[] {
  const end = `end${blocks[at]!.tokens[0]!.text}`;
  const found = new Set<string>();
  for (let each = at + 1; each < blocks.length; each++) {
    const { tokens } = blocks[each]!;
    if (tokens[0]?.text === end) break;
    for (const { kind, text } of tokens) if (kind === 'name' && extras.includes(text)) found.add(text);
  }
  return [...found];
}
