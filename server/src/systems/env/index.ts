import type { Definition, Fact, NameKind, Use } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import type { SourceFile } from '../../core/source-file.ts';
import {
  defineSystem,
  type Claim,
  type OutlineSymbol,
  type Parsed,
  type Problem,
} from '../../core/system.ts';
import { claimEnvFile } from './claim.ts';
import { readDotenv, readExports, type Dotenv, type Variable } from './dotenv.ts';

/** Names alone: what a variable is set to stays in the file. */
const names: readonly NameKind[] = [
  {
    namespace: 'env',
    title: 'environment variable',
    pattern: /^[A-Za-z_]\w*$/,
    duplicate: ({ name }) => ({
      code: 'env/duplicate-variable',
      severity: 'warning',
      message: `\`${name}\` is set twice in this file, and the last one counts; remove one of the two`,
    }),
  },
];

/** Files that set environment variables for whoever runs the tools: `.env`, `.env.<name>`, `.envrc`. */
export const env = defineSystem({
  id: 'env',
  title: 'Environment',
  icon: 'symbol-variable',
  markers: [],
  names,
  rules: [],
  claim: claimEnvFile,
  parse: parseEnv,
  symbols: ({ model }) => (model as Dotenv).variables.map(outlineOf),
  secrets: ({ model }) => (model as Dotenv).variables.flatMap(secretsOf),
});

function parseEnv(source: SourceFile, claim: Claim): Parsed<Dotenv> {
  const model = claim.kind === 'script' ? readExports(source.text) : readDotenv(source.text);
  if (claim.kind === 'template') return { model, problems: [], facts: [] };
  const facts = model.variables.flatMap((variable): readonly Fact[] => [
    definitionOf(variable, source),
    ...variable.needs.map(useOf),
  ]);
  return { model, problems: model.unreadable.map(problemOf), facts: [...facts, ...namesOf(model)] };
}

/** The names of a file's variables as one, for rules that ask for names which their own file does not know. */
function namesOf({ variables }: Dotenv): readonly Definition[] {
  if (variables.length === 0) return [];
  const data = { names: variables.map(({ name }) => name).join(' ') };
  const head = { fact: 'definition', namespace: 'env.variables', scope: '', name: 'all' } as const;
  const span = { start: 0, end: 0 };
  return [{ ...head, span, what: 'variables', exclusive: false, implicit: true, data }];
}

function definitionOf({ name, span }: Variable, { path }: SourceFile): Definition {
  return {
    fact: 'definition',
    namespace: 'env',
    scope: '',
    name,
    span,
    what: 'environment variable',
    about: `set in \`${baseName(path)}\``,
    // Only within one file does a second value push the first one out.
    group: path,
  };
}

function useOf({ name, span }: Variable['needs'][number]): Use {
  return { fact: 'use', namespaces: ['env'], scope: '', name, span, role: 'expanded' };
}

function problemOf({ span, why }: Dotenv['unreadable'][number]): Problem {
  const message =
    why === 'quote'
      ? 'the quote is not closed, so the variable is not set; close it'
      : 'this line sets no variable and is passed over; write `NAME=value`, or begin a comment with `#`';
  return { code: 'env/syntax', span, message, severity: 'warning' };
}

function outlineOf({ name, span }: Variable): OutlineSymbol {
  return { name, kind: 'field', span, selection: span, children: [] };
}

function secretsOf({ name, value }: Variable): readonly string[] {
  const address = /:\/\/[^:/@\s]*:([^@\s]+)@/.exec(value)?.[1];
  const found = isSecretKey(name) ? [value, address] : [address];
  return found.filter((secret) => secret !== undefined && isWorthHiding(secret)) as readonly string[];
}
