import type { Interpreter, NodeStatus, Reading } from '../../core/step.ts';

/** Reads what `--progress plain` tells: a node for each container, from its first word to its last. */
export function interpretCompose(): Interpreter {
  const open = new Set<string>();
  return {
    line(_stream, text) {
      const [, node, said = ''] = /^\s*Container (\S+)\s+(.+?)\s*$/u.exec(text) ?? [];
      if (node === undefined) return text.trim() === '' ? [] : [{ kind: 'text', text, level: levelOf(text) }];
      const status = statusOf(said);
      const readings: Reading[] = open.has(node)
        ? []
        : [{ kind: 'node-started', node, title: node, what: 'container' }];
      open.add(node);
      readings.push({ kind: 'text', text, level: status === 'failed' ? 'error' : 'info', node });
      if (status) {
        open.delete(node);
        readings.push({
          kind: 'node-ended',
          node,
          status,
          ...(status === 'failed' ? { message: said } : {}),
        });
      }
      return readings;
    },
  };
}

function statusOf(said: string): NodeStatus | undefined {
  if (/^Error\b/u.test(said)) return 'failed';
  return /^(?:Started|Running|Healthy|Stopped|Removed)$/u.test(said) ? 'succeeded' : undefined;
}

function levelOf(text: string): 'info' | 'warn' | 'error' {
  if (/level=warning|^WARN/u.test(text)) return 'warn';
  return /^(?:Error\b|failed to\b)/u.test(text) ? 'error' : 'info';
}
