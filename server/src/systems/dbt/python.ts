import type { Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import { findCalls, keyword, type Call } from './calls.ts';
import type { ResourcePlace } from './claim.ts';
import type { Token } from './jinja.ts';
import { layoutOf, mayBeDisabled } from './layout.ts';
import { refUses, sourceUses } from './references.ts';
import { modelStepNames } from './step-names.ts';
import { modelDefinition, type SqlConfig } from './sql.ts';
import { unlessSwitchedOff } from './switched-off.ts';

export interface PythonModel {
  readonly kind: 'python';
  readonly config: SqlConfig;
}

/** Reads a Python model: what it takes by `dbt.ref` and `dbt.source`, and its own configuration. */
export function parsePython(source: SourceFile, claim: Claim, project: Project): Parsed<PythonModel> {
  const place = claim.data as ResourcePlace;
  const calls = [...findCalls(readPython(source.text))].filter((call) => call.owner === 'dbt');
  const config = readConfig(calls);
  const isOff = config.mayBeDisabled || mayBeDisabled(layoutOf(project), 'models', place.folders, place.name);
  const uses = calls.flatMap((call): readonly Use[] => {
    if (call.name.text === 'ref') return refUses(call, project, isOff ? 'deferred' : 'plain');
    return call.name.text === 'source' ? sourceUses(call, project, isOff ? 'deferred' : 'plain') : [];
  });
  return {
    model: { kind: 'python', config },
    problems: [],
    facts: [
      modelDefinition(place, config, project, isOff),
      ...modelStepNames(place, project),
      ...unlessSwitchedOff(uses, place.name, project),
    ],
  };
}

function readConfig(calls: readonly Call[]): SqlConfig {
  const configs = calls.filter((call) => call.name.text === 'config');
  const materialized = configs
    .map((call) => keyword(call, 'materialized')?.literal?.text)
    .find((text) => text !== undefined);
  return { materialized, mayBeDisabled: configs.some((call) => isOff(call)) };
}

function isOff(call: Call): boolean {
  const enabled = keyword(call, 'enabled');
  return enabled !== undefined && enabled.only?.text !== 'True';
}

/** The words of a Python file, comments left out, in one pass. */
function readPython(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 35) {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line;
    } else if (code === 34 || code === 39) {
      const token = readString(text, at);
      tokens.push(token);
      at = token.after;
    } else if (code <= 32) {
      at++;
    } else {
      const end = wordEnd(text, at);
      const kind = end === at ? 'mark' : code >= 48 && code <= 57 ? 'number' : 'name';
      const after = Math.max(end, at + 1);
      tokens.push({ kind, text: text.slice(at, after), span: { start: at, end: after }, after });
      at = after;
    }
  }
  return tokens;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\w\u0080-\uffff]/.test(text[at]!)) at++;
  return at;
}

/** A short string that is not closed ends with its line, a long one with the text. */
function readString(text: string, open: number): Token {
  const quote = text[open]!;
  const isLong = text.startsWith(quote.repeat(3), open);
  const mark = isLong ? quote.repeat(3) : quote;
  const start = open + mark.length;
  let at = start;
  for (; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(mark, at)) {
      return {
        kind: 'string',
        text: text.slice(start, at),
        span: { start, end: at },
        after: at + mark.length,
      };
    } else if (!isLong && text[at] === '\n') break;
  }
  const end = Math.min(at, text.length);
  return {
    kind: 'string',
    text: text.slice(start, end),
    span: { start, end },
    after: Math.max(end, open + 1),
  };
}
