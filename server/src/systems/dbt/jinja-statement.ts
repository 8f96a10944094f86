import { closest } from '../../core/closest.ts';
import { jinjaFilters, jinjaTests } from './builtins.ts';
import { JinjaWords } from './jinja-expression.ts';
import type { JinjaFault } from './jinja-fault.ts';
import type { JinjaBlock, Token } from './jinja.ts';

/** What Jinja cannot take of `{{ … }}`. */
export function expressionFault({ tokens, span }: JinjaBlock): JinjaFault | undefined {
  if (isPlainCall(tokens)) return undefined;
  const words = new JinjaWords(tokens, span.end - 2);
  words.tuple();
  words.expectEnd();
  return words.fault ?? unknownFault(words, tokens);
}

/** `ref('orders')` and `source('raw', 'orders')`, which most expressions are: there is nothing to look for. */
function isPlainCall(tokens: readonly Token[]): boolean {
  const count = tokens.length;
  if (count < 4 || count > 6 || tokens[0]!.kind !== 'name') return false;
  if (tokens[1]!.text !== '(' || tokens[count - 1]!.text !== ')') return false;
  if (!isWhole(tokens[2]!)) return false;
  return count === 4 || (count === 6 && tokens[3]!.text === ',' && isWhole(tokens[4]!));
}

function isWhole({ kind, isOpen }: Token): boolean {
  return kind === 'string' && isOpen !== true;
}

/** A filter or test that Jinja does not have: it refuses the text that it renders, a macro when it is called. */
function unknownFault({ unknown }: JinjaWords, tokens: readonly Token[]): JinjaFault | undefined {
  const [token] = unknown;
  if (!token) return undefined;
  const meant = closest(token.text, [...jinjaFilters, ...jinjaTests]);
  const advice = meant === undefined ? 'correct the name' : `did you mean \`${meant}\`?`;
  const message = `Jinja has no filter and no test \`${token.text}\`; ${advice}`;
  // `x | nope if y` is looked at like a branch.
  const isChoice = tokens.some(({ kind, text }, at) => at > 0 && kind === 'name' && text === 'if');
  return {
    span: token.span,
    message,
    code: 'dbt/undefined-filter',
    ...(isChoice ? { severity: 'warning' } : {}),
  };
}

/** What Jinja cannot take of `{% word … %}`, whose first word is known. */
export function statementFault({ tokens, span }: JinjaBlock): JinjaFault | undefined {
  const words = new JinjaWords(tokens, span.end - 2, 1);
  readStatement(tokens[0]!.text, words);
  words.expectEnd();
  return words.fault ?? unknownFault(words, tokens);
}

const readers: Readonly<Record<string, (words: JinjaWords) => void>> = {
  if: (words) => words.tuple(false),
  elif: (words) => words.tuple(false),
  else: (words) => {
    if (words.is('if')) words.fail('`else if` is no statement of Jinja; write `elif`');
  },
  for: readFor,
  set: readSet,
  do: (words) => words.tuple(),
  print: (words) => {
    if (words.isAtEnd) return;
    do words.expression();
    while (words.skip(','));
  },
  macro: readMacro,
  test: readMacro,
  data_test: readMacro,
  call: readCall,
  filter: (words) => words.filters(),
  with: readWith,
  autoescape: (words) => words.expression(),
  block: (words) => {
    words.name('a block');
    words.skip('scoped');
    words.skip('required');
  },
  endblock: (words) => {
    if (!words.isAtEnd) words.name('a block');
  },
  extends: (words) => words.expression(),
  include: (words) => {
    words.expression();
    if (words.skip('ignore')) words.expect('missing', 'write `ignore missing`');
    readContext(words);
  },
  import: (words) => {
    words.expression();
    words.expect('as', 'write `import … as name`');
    words.name('a name');
    readContext(words);
  },
  from: readFrom,
  materialization: readMaterialization,
  docs: (words) => void words.name('a docs block'),
};

/** Statements whose words may end in a colon. */
const beforeBody = new Set([
  'if',
  'elif',
  'else',
  'for',
  'macro',
  'test',
  'data_test',
  'call',
  'filter',
  'with',
  'set',
]);

function readStatement(name: string, words: JinjaWords): void {
  if (Object.hasOwn(readers, name)) readers[name]!(words);
  if (beforeBody.has(name)) words.skip(':');
}

function readFor(words: JinjaWords): void {
  words.target('in');
  words.expect('in', 'write `for item in items`');
  words.tuple(false, 'recursive');
  if (words.skip('if')) words.expression();
  words.skip('recursive');
}

function readSet(words: JinjaWords): void {
  words.target(undefined, true);
  if (words.skip('=')) words.tuple();
  else if (words.skip('|')) words.filters();
}

function readMacro(words: JinjaWords): void {
  words.name('a name');
  words.signature();
}

function readCall(words: JinjaWords): void {
  if (words.is('(')) words.signature();
  words.expression();
}

function readWith(words: JinjaWords): void {
  while (!words.isAtEnd && !words.is(':')) {
    words.target(undefined);
    words.expect('=', 'give the variable a value');
    words.expression();
    if (!words.isAtEnd && !words.is(':')) words.expect(',', 'separate the variables by commas');
  }
}

function readContext(words: JinjaWords): void {
  if (words.skip('with') || words.skip('without')) words.expect('context', 'write `with context`');
}

function readFrom(words: JinjaWords): void {
  words.expression();
  words.expect('import', 'write `from … import name`');
  do {
    if (words.is('with') || words.is('without')) break;
    words.name('a name');
    if (words.skip('as')) words.name('a name');
  } while (words.skip(','));
  readContext(words);
}

function readMaterialization(words: JinjaWords): void {
  words.name('a name');
  while (words.skip(',')) {
    const argument = words.word;
    words.name('an argument');
    if (!argument || argument.text === 'default') continue;
    if (argument.text !== 'adapter' && argument.text !== 'supported_languages') {
      const message = `a materialization takes no \`${argument.text}\`; write \`default\`, \`adapter='…'\` or \`supported_languages=[…]\``;
      words.fail(message, argument);
    }
    words.expect('=', 'give it a value');
    words.expression();
  }
}
