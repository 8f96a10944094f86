import fc from 'fast-check';
import { expect, test } from 'vitest';
import { garbledPlan } from './fixtures/garbled-plan.ts';
import { parseMarkdown, parseWhole } from './markdown.ts';

/** What both roads must tell alike; a list without entries tells nothing. */
function told(document: ReturnType<typeof parseMarkdown>): unknown {
  const blocks = document.blocks.filter((block) => block.kind !== 'list' || block.entries.length > 0);
  return JSON.parse(
    JSON.stringify(
      { blocks, links: document.links, frontMatter: [...document.frontMatter] },
      (key, value: unknown) =>
        // Only bullets without a box are called by their bold letters.
        key === 'name' ? undefined : value,
    ),
  );
}

test('reads a whole plan by the fast road as by the slow one', () => {
  expect(told(parseMarkdown(garbledPlan))).toEqual(told(parseWhole(garbledPlan)));
});

test.each([
  ['that may begin a list', '|--|--|\n- |\n- Load'],
  ['of another number than there are cells', '| Load |\n|--|--|\n==='],
])('takes rules %s for what the slow road does', (_, text) => {
  expect(told(parseMarkdown(text))).toEqual(told(parseWhole(text)));
});

test('takes what looks like a fence behind a tag for HTML', () => {
  const text = '<br>\n~~~\nLoad';
  expect(told(parseMarkdown(text))).toEqual(told(parseWhole(text)));
});

const words = fc.constantFrom(
  'Load', 'the orders', '**Bold**', '`code`', 'a_b', '_it_', '*it*', '~~gone~~', '✅', 'ğŸ“‹', '[x](y.md)', '[ref]', '<br>', '&amp;',
  'P0', '|', '\\|', '100%', ':', '(DONE)', '2026-01-02', '!', '![i](j.png)', '<5', 'x<y', '**', '`', 'Ünï', 'e\u0301',
); // prettier-ignore
const inline = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const line = fc.oneof(
  { weight: 3, arbitrary: inline.map((text) => `# ${text}`) },
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('', '  ', '    ', '   '), fc.constantFrom('- ', '* ', '1. ', '- [ ] ', '- [x] ', '- [-] ', '- [>] '), inline).map((parts) => parts.join('')) },
  { weight: 6, arbitrary: fc.array(inline, { minLength: 1, maxLength: 3 }).map((cells) => `| ${cells.join(' | ')} |`) },
  { weight: 2, arbitrary: fc.constantFrom('|--|--|', '|:-|-:|--|', '|--|', '| - | - |') },
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: inline },
  { weight: 2, arbitrary: inline.map((text) => `  ${text}  `) },
  { weight: 1, arbitrary: fc.constantFrom('---', '===', '```', '~~~', '> quoted', '***', '##', '||', '| |', '|  |') },
); // prettier-ignore

test('reads whatever people write by the fast road as by the slow one', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = lines.join(end);
      expect(told(parseMarkdown(text))).toEqual(told(parseWhole(text)));
    }),
    { numRuns: 400 },
  );
});
