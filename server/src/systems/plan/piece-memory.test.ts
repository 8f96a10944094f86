import { expect, test } from 'vitest';
import { parseMarkdown } from './markdown.ts';
import { PieceMemory } from './piece-memory.ts';

test.each([
  ['a paragraph', 'See [it](a.md)\nand more, then\n[that](b.md)', 'and', 'or'],
  ['an entry whose other line changes', '- [it](a.md)\n- docs/b.md\n  and more', 'and', 'or'],
  ['what lies in an entry', '- Load\n  - [it](a.md)\n  - docs/b.md\n- [that](c.md)', 'Load', 'Loads'],
  ['rows', '| A | B |\n|---|---|\n| [it](a.md) | x |\n| docs/b.md | y |\n| z | docs/c.md |', 'y', 'yes'],
  ['a row that goes', '| A | B |\n|---|---|\n| [it](a.md) | x |\n| docs/b.md | y |\n| z | docs/c.md |', '| docs/b.md | y |\n', ''],
  ['an entry that goes', '- [it](a.md)\n- docs/b.md\n- docs/c.md', '- docs/b.md\n', ''],
  ['an entry with another letter in its middle', '- docs/a.md\n  docs/b.md\n  docs/c.md', 'b', 'x'],
  ['a table that begins sooner', '| docs/a.md |\n|---|\n| docs/b.md |', '', '| docs/c.md |\n|---|\n'],
  ['a table with other rules', '| A | B |\n|---|---|\n| docs/a.md | y |', '|---|---|', '|-|-|'],
  ['text that becomes code', 'See `one\n[it](a.md) two', 'two', 'two`'],
  ['what comes again before it', 'docs/a.md\n\n# One\n\n# Two\n\n# Three\n\n# Four\n\n# Five\n\ndocs/b.md', '', 'docs/b.md\n\n'],
  ['a list in which a fence is opened', '- docs/a.md\n\n- docs/b.md\n\n# One\n\n# Two\n\n# Three\n\n# Four\n\n# Five', '\n\n-', '\n\n```\n-'],
  ['what was too much to be read until now', `> ${'x '.repeat(125_001)}\n\n# One\n\n# Two\n\n# Three\n\n# Four\n\n# Five\n\n> docs/b.md`, 'x '.repeat(100), ''],
])('files that are named in %s are named once, as after a fresh reading', (_, text, was, is) => {
  const memory = new PieceMemory();
  const before = parseMarkdown(text, memory);
  expect(before.links).toEqual(parseMarkdown(text).links);
  const after = text.replace(was, is);
  expect(parseMarkdown(after, memory)).toEqual({ ...parseMarkdown(after), repair: before.repair });
  expect(parseMarkdown(text, memory)).toEqual({ ...parseMarkdown(text), repair: before.repair });
}); // prettier-ignore
