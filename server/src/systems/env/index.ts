import { anyScope } from '../../core/facts.ts';
import { folderOf } from '../../core/path.ts';
import { looksLikePath, type PathValue } from '../../core/path-values.ts';
import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import type { SourceFile } from '../../core/source-file.ts';
import {
  defineSystem,
  type Claim,
  type OutlineSymbol,
  type Parsed,
  type Problem,
  type Project,
} from '../../core/system.ts';
import { toldByVariable, type SelectionText } from '../../core/step-selection.ts';
import { claimEnvFile, type EnvFileKind } from './claim.ts';
import { readDotenv, readExports, type Dotenv, type Variable } from './dotenv.ts';
import { envFacts } from './facts.ts';
import { nameKinds } from './names.ts';
import { claimReader, readingsIn } from './readers.ts';
import { templateContract } from './rules/template-contract.ts';
import { unusedVariable } from './rules/unused-variable.ts';

/** Files that set environment variables for whoever runs the tools: `.env`, `.env.<name>`, `.envrc`. */
export const env = defineSystem({
  id: 'env',
  title: 'Environment',
  icon: 'symbol-variable',
  markers: [],
  names: nameKinds,
  rules: [],
  factRules: [templateContract, unusedVariable],
  claim: (path) => claimEnvFile(path) ?? claimReader(path),
  factsBesides: (source, claim) => (isList(claim) ? [] : readingsIn(source, claim)),
  parse: parseEnv,
  paths: ({ model }) => (model as Dotenv).variables.flatMap(pathOf),
  symbols: ({ model }) => (model as Dotenv).variables.map(outlineOf),
  secrets: ({ model }) => (model as Dotenv).variables.flatMap(secretsOf),
});

/** A list of variables names what it sets. */
function isList({ format, kind }: Claim): boolean {
  return format === 'dotenv' && kind !== 'script';
}

function parseEnv(source: SourceFile, claim: Claim, project: Project): Parsed<Dotenv> {
  if (claim.kind === 'reader') return { model: { variables: [], unreadable: [] }, problems: [], facts: [] };
  const model = claim.kind === 'script' ? readExports(source.text) : readDotenv(source.text);
  const facts = envFacts(source, claim.kind as EnvFileKind, model);
  const problems = claim.kind === 'template' ? [] : model.unreadable.map(problemOf);
  return { model, problems, facts, selections: toldBy(model, source, project) };
}

/** A value may be a name to who reads the variable: to the tools of the folder; in the workspace's own folder to those of any. */
function toldBy({ variables }: Dotenv, { path }: SourceFile, { root }: Project): readonly SelectionText[] {
  const folder = folderOf(path);
  const scope = folder === root ? anyScope : folder;
  return variables.map(({ name, value: text, valueSpan: span }) =>
    toldByVariable(name, { text, span }, scope),
  );
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

/** Only what nobody would hide. */
function pathOf({ name, value, valueSpan }: Variable): readonly PathValue[] {
  return looksLikePath(value) && !isSecretKey(name) ? [{ text: value, span: valueSpan }] : [];
}
