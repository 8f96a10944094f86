import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);
const injection = 'penstock.jinja.injection';

/** As much of SQL as a grammar must have for an injection to be tried on it. */
const sql = {
  scopeName: 'source.sql',
  patterns: [
    { name: 'comment.line.double-dash.sql', begin: '--', end: '$' },
    { name: 'string.quoted.single.sql', match: "'[^']*'" },
    { name: 'keyword.other.sql', match: '\\b(select|from|where|as)\\b' },
  ],
};

async function loadGrammar(): Promise<textmate.IGrammar> {
  const wasm = await readFile(join(dirname(require.resolve('vscode-oniguruma')), 'onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const jinja = await readFile('syntaxes/jinja-injection.tmLanguage.json', 'utf8');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) =>
      Promise.resolve(
        scope === injection
          ? textmate.parseRawGrammar(jinja, 'jinja.json')
          : textmate.parseRawGrammar(JSON.stringify(sql), 'sql.json'),
      ),
    getInjections: (scope) => (scope === 'source.sql' ? [injection] : undefined),
  });
  const grammar = await registry.loadGrammar('source.sql');
  if (grammar === null) throw new Error('the grammar of SQL was not loaded');
  return grammar;
}

const grammar = await loadGrammar();

/** The text of each scope in order, as `text scope`; what has no scope of its own is left out. */
function tokens(text: string): string[] {
  const found: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    const merged: { text: string; scope: string }[] = [];
    for (const token of result.tokens) {
      const scope = token.scopes.at(-1) ?? '';
      const part = line.slice(token.startIndex, token.endIndex);
      const last = merged.at(-1);
      if (last?.scope === scope) last.text += part;
      else merged.push({ text: part, scope });
    }
    for (const { text: part, scope } of merged) {
      if (part.trim() !== '' && scope !== 'source.sql' && !scope.startsWith('meta.')) {
        found.push(`${part.trim()} ${scope}`);
      }
    }
  }
  return found;
}

test('marks a reference in an expression and leaves SQL as it is', () => {
  expect(tokens(`select id from {{ ref('stg_orders') }} where x`)).toEqual([
    'select keyword.other.sql',
    'from keyword.other.sql',
    '{{ punctuation.section.embedded.begin.jinja',
    'ref support.function.reference.jinja',
    `'stg_orders' string.quoted.single.jinja`,
    '}} punctuation.section.embedded.end.jinja',
    'where keyword.other.sql',
  ]);
});

test('tells references, other functions, filters and parameters apart', () => {
  expect(
    tokens(`{{ config(materialized="table") }}{{ source('a', 'b') | trim }}{{ adapter.ref(x) }}`),
  ).toEqual([
    '{{ punctuation.section.embedded.begin.jinja',
    'config entity.name.function.jinja',
    'materialized variable.parameter.jinja',
    '= keyword.operator.assignment.jinja',
    '"table" string.quoted.double.jinja',
    '}} punctuation.section.embedded.end.jinja',
    '{{ punctuation.section.embedded.begin.jinja',
    'source support.function.reference.jinja',
    `'a' string.quoted.single.jinja`,
    ', punctuation.separator.jinja',
    `'b' string.quoted.single.jinja`,
    '| keyword.operator.filter.jinja',
    'trim support.function.filter.jinja',
    '}} punctuation.section.embedded.end.jinja',
    '{{ punctuation.section.embedded.begin.jinja',
    'adapter variable.other.jinja',
    '. punctuation.separator.jinja',
    'ref entity.name.function.jinja',
    'x variable.other.jinja',
    '}} punctuation.section.embedded.end.jinja',
  ]);
});

test('marks the word of a statement, also over several lines', () => {
  expect(tokens(`{%- if target.name == 'prod'\n   and not x -%}\nselect\n{% endif %}`)).toEqual([
    '{%- punctuation.section.embedded.begin.jinja',
    'if keyword.control.jinja',
    'target variable.other.jinja',
    '. punctuation.separator.jinja',
    'name variable.other.jinja',
    '== keyword.operator.jinja',
    `'prod' string.quoted.single.jinja`,
    'and keyword.operator.word.jinja',
    'not keyword.operator.word.jinja',
    'x variable.other.jinja',
    '-%} punctuation.section.embedded.end.jinja',
    'select keyword.other.sql',
    '{% punctuation.section.embedded.begin.jinja',
    'endif keyword.control.jinja',
    '%} punctuation.section.embedded.end.jinja',
  ]);
});

test('a Jinja comment hides what looks like Jinja and SQL', () => {
  expect(tokens(`{# select {{ ref('x') }}\n#} select`)).toEqual([
    '{# punctuation.definition.comment.begin.jinja',
    `select {{ ref('x') }} comment.block.jinja`,
    '#} punctuation.definition.comment.end.jinja',
    'select keyword.other.sql',
  ]);
});

test('reads Jinja inside a SQL comment, as the template engine does', () => {
  expect(tokens(`-- see {{ x }}`)).toContain('x variable.other.jinja');
});

test('a SQL string that holds Jinja with quotes ends at its own quote', () => {
  expect(tokens(`'a {{ var('x') }} b' as c`)).toEqual([
    `'a string.quoted.single.sql`,
    '{{ punctuation.section.embedded.begin.jinja',
    'var entity.name.function.jinja',
    `'x' string.quoted.single.jinja`,
    '}} punctuation.section.embedded.end.jinja',
    `b' string.quoted.single.sql`,
    'as keyword.other.sql',
  ]);
});

test('two expressions on one line do not make a string of what lies between them', () => {
  const found = tokens(`{{ var('x') }} as {{ var('y') }}`);
  expect(found).toContain('as keyword.other.sql');
  expect(found).toContain(`'y' string.quoted.single.jinja`);
});

test('nothing is read inside a raw block', () => {
  const found = tokens(`{% raw %}{{ ref('x') }}{% endraw %}{{ y }}`);
  expect(found).not.toContain('ref support.function.reference.jinja');
  expect(found).toContain('y variable.other.jinja');
});
