import type { Span } from '../../core/span.ts';
import type { OutlineSymbol, ParsedFile } from '../../core/system.ts';
import { get, pairsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import { taskTexts, type MeltanoModel } from './model.ts';

/** The outline of a project's file: plugins by kind, jobs with their tasks, schedules and environments. */
export function outlineOf({ model, tree }: ParsedFile<MeltanoModel>): readonly OutlineSymbol[] {
  if (model.kind === 'lock') return [];
  const symbols: OutlineSymbol[] = [];
  for (const { key, value } of pairsOf(tree)) {
    const span = cover(key.span, value.span);
    if (key.text === 'plugins') {
      for (const kind of pairsOf(value)) {
        const named = model.plugins.filter((plugin) => plugin.type.key === kind.key.text);
        const children = named.map(({ node, name, type, commands }) => ({
          ...item(name, node, type.what),
          children: commands.map(({ key: command, value: args }) =>
            leaf(command, cover(command.span, args.span), 'command'),
          ),
        }));
        symbols.push(group(kind.key, cover(kind.key.span, kind.value.span), children));
      }
    } else if (key.text === 'jobs') {
      const children = model.jobs.flatMap(({ name, node, tasks }) => {
        const steps = taskTexts(tasks).map((task) => leaf(task, task.span, ''));
        return name ? [{ ...item(name, node, 'job'), children: steps }] : [];
      });
      symbols.push(group(key, span, children));
    } else if (key.text === 'schedules') {
      const children = model.schedules.flatMap(({ name, node, interval }) =>
        name ? item(name, node, interval?.text ?? '') : [],
      );
      symbols.push(group(key, span, children));
    } else if (key.text === 'environments') {
      symbols.push(
        group(
          key,
          span,
          model.environments.flatMap(({ name, node }) => (name ? item(name, node, '') : [])),
        ),
      );
    } else {
      const detail = value.kind === 'scalar' && get(tree, key.text) ? value.text : '';
      symbols.push({ ...leaf(key, span, isShowable(key.text) ? detail : ''), kind: 'field' });
    }
  }
  return symbols;
}

/** An outline is on the screen, so it shows only what cannot be a secret. */
function isShowable(key: string): boolean {
  return ['default_environment', 'requires_meltano', 'version', 'python'].includes(key);
}

function group(key: ScalarNode, span: Span, children: readonly OutlineSymbol[]): OutlineSymbol {
  return { name: key.text, kind: 'group', span, selection: key.span, children };
}

function item(name: ScalarNode, node: Node, detail: string): OutlineSymbol {
  return {
    name: name.text,
    ...(detail ? { detail } : {}),
    kind: 'item',
    span: node.span,
    selection: name.span,
    children: [],
  };
}

function leaf(name: ScalarNode, span: Span, detail: string): OutlineSymbol {
  return {
    name: name.text || '-',
    ...(detail ? { detail } : {}),
    kind: 'task',
    span,
    selection: name.span,
    children: [],
  };
}

function cover(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
