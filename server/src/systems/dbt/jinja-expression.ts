import { isFilter, isJinjaTest } from './builtins.ts';
import { adviceFor, describe, spanOf, unevenFault, type JinjaFault } from './jinja-fault.ts';
import type { Token } from './jinja.ts';

/** Limit: brackets in brackets in brackets; deeper ones are taken as they are. */
const maxDepth = 100;

const binary = new Set(['+', '-', '*', '/', '//', '%', '**', '~', '==', '!=', '<', '>', '<=', '>=']);

/**
 * Reads the words of one block by Jinja's grammar and keeps nothing but the first fault.
 * After a fault every question is answered as at the end, so that callers need not ask whether there was one.
 */
export class JinjaWords {
  readonly #tokens: readonly Token[];
  /** Where the block's closing mark stands. */
  readonly #end: number;
  #at: number;
  #depth = 0;
  #hasLeft = false;
  #fault: JinjaFault | undefined;
  #unknown: Token[] | undefined;

  constructor(tokens: readonly Token[], end: number, at = 0) {
    this.#tokens = tokens;
    this.#end = end;
    this.#at = at;
  }

  /** The fault; brackets and quotes that do not come out even are named before what follows from them. */
  get fault(): JinjaFault | undefined {
    return this.#fault && (unevenFault(this.#tokens) ?? this.#fault);
  }

  /** The filters and tests that nobody gives. */
  get unknown(): readonly Token[] {
    return this.#unknown ?? [];
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get word(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** Takes the word where it is `text`. */
  skip(text: string): boolean {
    const token = this.word;
    if (token?.text !== text || token.kind === 'string') return false;
    this.#at++;
    return true;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token !== undefined && token.text === text && token.kind !== 'string';
  }

  /** Takes a name, of which `what` says what it is a name of. */
  name(what: string): Token | undefined {
    const token = this.word;
    if (token?.kind === 'name') {
      this.#at++;
      return token;
    }
    this.#fail(token, `${what} is missing here; write a name of letters, digits and underscores`);
    return undefined;
  }

  expect(text: string, advice: string): void {
    if (!this.skip(text)) this.#fail(this.word, `\`${text}\` is missing here; ${advice}`);
  }

  /** Nothing may follow. */
  expectEnd(): void {
    const token = this.word;
    if (token) this.#fail(token, `${describe(token)} does not belong here; ${adviceFor(token)}`);
  }

  fail(message: string, at: Token | undefined = this.word): void {
    this.#fail(at, message);
  }

  /** `a, b`; without brackets there must be one at least. */
  tuple(hasCondition = true, stop?: string): void {
    for (let count = 0; ; count++) {
      if (this.#isTupleEnd(stop)) {
        if (count === 0) this.#fail(this.word, 'an expression is missing here; write one');
        return;
      }
      this.expression(hasCondition);
      if (!this.skip(',')) return;
    }
  }

  expression(hasCondition = true): void {
    if (++this.#depth > maxDepth) this.#leave();
    this.#choice();
    if (hasCondition) this.#condition();
    this.#depth--;
  }

  /** ` if x else y` behind a value; without `else` another one may follow. */
  #condition(): void {
    while (this.skip('if')) {
      this.#choice();
      if (!this.skip('else')) continue;
      this.expression();
      return;
    }
  }

  /** What stands left of `=` or `in`: names, also in brackets; with a dot for the members of a namespace. */
  target(stop: string | undefined, hasMembers = false): void {
    do {
      if (stop !== undefined && this.is(stop)) return;
      const token = this.word;
      if (token?.kind === 'mark' && token.text === '(') {
        this.#at++;
        this.target(')');
        this.expect(')', 'close the bracket');
      } else {
        if (token && constants.has(token.text))
          this.fail(`\`${token.text}\` cannot be assigned to; choose another name`);
        this.name('a variable');
        if (hasMembers && this.skip('.')) this.name('a member');
      }
    } while (this.skip(','));
  }

  /** `(a, b=1)` of a macro; true of the words behind it. */
  signature(): void {
    this.expect('(', 'write the parameters in brackets, `()` where there are none');
    let hasDefault = false;
    while (!this.isAtEnd && !this.is(')')) {
      const name = this.name('a parameter');
      if (this.skip(':')) this.#type();
      if (this.skip('=')) {
        hasDefault = true;
        this.expression();
      } else if (hasDefault && name && !this.isAtEnd) {
        this.#fail(
          name,
          `\`${name.text}\` has no default and follows one that has; give it one or move it forward`,
        );
      }
      if (!this.is(')')) this.expect(',', 'separate parameters by commas');
    }
    this.expect(')', 'close the bracket');
  }

  /** `name(…)` or `a | b`, as `{% filter %}` and `{% set x | trim %}` take them. */
  filters(): void {
    do {
      this.#dotted('a filter');
      if (this.is('(')) this.#arguments();
    } while (this.skip('|'));
  }

  #choice(): void {
    for (;;) {
      while (this.skip('not')) {
        /* any number of them */
      }
      this.#operand();
      for (;;) {
        const token = this.word;
        if (!token || token.kind === 'string') return;
        if (token.kind === 'mark' && binary.has(token.text)) this.#at++;
        else if (token.kind !== 'name') return;
        else if (token.text === 'in') this.#at++;
        else if (token.text === 'not' && this.is('in', 1)) this.#at += 2;
        else break;
        this.#operand();
      }
      if (!this.skip('and') && !this.skip('or')) return;
    }
  }

  /** A value with all that hangs on it: members, calls, filters, tests. */
  #operand(): void {
    while (this.skip('-') || this.skip('+')) {
      /* any number of them */
    }
    this.#primary();
    this.#postfix();
    for (;;) {
      if (this.skip('|')) {
        this.#dotted('a filter');
        if (this.is('(')) this.#arguments();
      } else if (this.skip('is')) this.#test();
      else if (this.is('(')) this.#arguments();
      else return;
    }
  }

  #test(): void {
    this.skip('not');
    this.#dotted('a test');
    const token = this.word;
    if (!token) return;
    if (this.is('(')) this.#arguments();
    else if (token.kind !== 'mark' || token.text === '[' || token.text === '{') {
      if (token.kind === 'name' && (token.text === 'else' || token.text === 'or' || token.text === 'and'))
        return;
      if (token.kind === 'name' && token.text === 'is')
        this.fail('tests do not follow each other; join them by `and`');
      this.#primary();
      this.#postfix();
    }
  }

  #primary(): void {
    const token = this.word;
    if (!token) {
      this.#fail(undefined, 'an expression is missing here; complete it or remove what stands before');
    } else if (token.kind === 'string') {
      while (this.word?.kind === 'string') {
        if (this.word.isOpen) this.fail(`the string is never closed; add its closing quote`);
        this.#at++;
      }
    } else if (token.kind !== 'mark') {
      if (/^\d+(?:if|in|is|and|or|not|else)$/.test(token.text)) this.#leave();
      if (token.kind === 'number' && !/^\d[\d_]*(e\d*)?$|^0[xob][\da-f_]+$/i.test(token.text))
        this.fail(`\`${token.text}\` is neither a number nor a name; correct it`);
      this.#at++;
    } else if (token.text === '(') {
      this.#at++;
      if (!this.skip(')')) {
        this.tuple();
        this.expect(')', 'close the bracket');
      }
    } else if (token.text === '[') this.#list();
    else if (token.text === '{') this.#dictionary();
    else this.fail(`${describe(token)} does not belong here; ${adviceFor(token)}`);
  }

  #list(): void {
    this.#at++;
    while (!this.isAtEnd && !this.is(']')) {
      this.expression();
      if (!this.is(']')) this.expect(',', 'separate the items by commas');
    }
    this.expect(']', 'close the bracket');
  }

  #dictionary(): void {
    this.#at++;
    while (!this.isAtEnd && !this.is('}')) {
      this.expression();
      this.expect(':', 'a key of a dictionary is followed by a colon and its value');
      this.expression();
      if (!this.is('}')) this.expect(',', 'separate the pairs by commas');
    }
    this.expect('}', 'close the bracket');
  }

  #postfix(): void {
    for (;;) {
      if (this.skip('.')) {
        const token = this.word;
        if (token?.kind === 'number' && !/^\d[\d_]*(?:e\d*)?$/i.test(token.text)) this.#leave();
        else if (token?.kind === 'name' || token?.kind === 'number') this.#at++;
        else this.#fail(token, 'a name is missing behind the dot; write it or remove the dot');
      } else if (this.skip('[')) {
        while (!this.isAtEnd && !this.is(']')) {
          this.#subscript();
          if (!this.is(']')) this.expect(',', 'close the bracket');
        }
        this.expect(']', 'close the bracket');
      } else if (this.is('(')) this.#arguments();
      else return;
    }
  }

  /** `x`, or the parts of `from:to:step`, each of which may be missing. */
  #subscript(): void {
    if (!this.is(':')) this.expression();
    for (let colons = 0; colons < 2 && this.skip(':'); colons++)
      if (!this.is(':') && !this.is(']') && !this.is(',')) this.expression();
  }

  #arguments(): void {
    this.#at++;
    let hasKeyword = false;
    const keywords = new Set<string>();
    let [hasList, hasMap] = [false, false];
    const misplaced = (isWrong: boolean): void => {
      if (isWrong) this.fail('the order of the arguments is wrong; positional ones come before keywords');
    };
    while (!this.isAtEnd && !this.is(')')) {
      if (this.is('*')) {
        misplaced(hasList || hasMap);
        hasList = this.skip('*');
      } else if (this.is('**')) {
        misplaced(hasMap);
        hasMap = this.skip('**');
      } else if (this.word?.kind === 'name' && this.is('=', 1)) {
        misplaced(hasMap);
        hasKeyword = true;
        this.#keyword(keywords);
        this.#at += 2;
      } else {
        if (this.word?.kind === 'name' && this.is('-', 1) && this.is('=', 3)) this.#dashed();
        misplaced(hasList || hasMap || hasKeyword);
      }
      this.expression();
      if (!this.is(')')) this.expect(',', 'separate arguments by commas, or close the bracket');
    }
    this.expect(')', 'close the bracket');
  }

  /** `config(unique-key='id')`, as the key may be written in YAML. */
  #dashed(): void {
    const [first, last] = [this.#tokens[this.#at], this.#tokens[this.#at + 2]];
    this.fail(`a keyword has no dash in Jinja; write \`${first?.text ?? ''}_${last?.text ?? ''}\``);
  }

  #keyword(given: Set<string>): void {
    const { text } = this.word!;
    if (given.has(text)) {
      this.fail(`\`${text}\` is given twice; remove one of the two`);
      if (this.#fault) this.#fault = { ...this.#fault, isTakenByV2: true };
    }
    given.add(text);
  }

  #dotted(what: 'a filter' | 'a test'): void {
    const token = this.name(what);
    if (token && !this.is('.')) this.#look(token, what === 'a filter' ? isFilter : isJinjaTest);
    while (this.skip('.')) this.name(what);
  }

  /** Jinja asks for filters and tests by name before it evaluates anything. */
  #look(token: Token, isKnown: (name: string) => boolean): void {
    if (!isKnown(token.text)) (this.#unknown ??= []).push(token);
  }

  /** `list[str]` in the signature of a macro. */
  #type(): void {
    this.name('a type');
    if (!this.skip('[')) return;
    while (!this.isAtEnd && !this.is(']')) {
      this.#type();
      if (!this.is(']')) this.expect(',', 'separate types by commas');
    }
    this.expect(']', 'close the bracket');
  }

  #isTupleEnd(stop: string | undefined): boolean {
    return this.isAtEnd || this.is(')') || (stop !== undefined && this.is(stop));
  }

  #fail(token: Token | undefined, message: string): void {
    if (!this.#hasLeft)
      this.#fault ??= { span: token ? spanOf(token) : { start: this.#end, end: this.#end + 2 }, message };
    this.#giveUp();
  }

  /** What cannot be read for sure has no fault. */
  #leave(): void {
    this.#hasLeft = true;
    this.#giveUp();
  }

  #giveUp(): void {
    this.#at = this.#tokens.length;
  }
}

const constants = new Set(['true', 'false', 'none', 'True', 'False', 'None']);
