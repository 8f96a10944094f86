import type { Interpreter, NodeStatus } from '../../core/step.ts';

const statuses: Readonly<Record<string, NodeStatus>> = {
  PASSED: 'succeeded',
  XFAIL: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  XPASS: 'warned',
  SKIPPED: 'skipped',
};

/** Reads what `pytest -v` prints: a node for each test, when it has ended. */
export function interpretPytest(): Interpreter {
  return {
    line(_stream, text) {
      const [, node, word = ''] =
        /^(\S+\.py::.+?) (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b.*\[ *\d+%\]$/u.exec(text) ?? [];
      const status = statuses[word];
      if (node === undefined || status === undefined)
        return [{ kind: 'text', text, level: /^E {3}/u.test(text) ? 'error' : 'info' }];
      const title = node.slice(node.indexOf('::') + 2);
      const path = node.slice(0, node.indexOf('::'));
      return [
        { kind: 'node-started', node, title, what: 'test', path },
        { kind: 'text', text, level: status === 'failed' ? 'error' : 'info', node },
        { kind: 'node-ended', node, status, path },
      ];
    },
  };
}
