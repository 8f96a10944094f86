import { readVariableNamespace, variableRead } from '../../core/environment.ts';
import type { Fact, Hole } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import { isFoundIn } from '../../core/found-in.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim } from '../../core/system.ts';
import { changedLines } from '../../core/text-change.ts';

/** What nobody reads variables with: documents, data, pictures, what tools write for themselves, variables in other languages. */
const inert =
  /(?:\.(?:md|mdx|rst|txt|adoc|html?|css|scss|less|svg|png|jpe?g|gif|ico|webp|avif|pdf|woff2?|ttf|otf|mp4|csv|tsv|psv|parquet|avro|orc|arrow|feather|xlsx?|duckdb|db|sqlite3?|wal|sql|jsonl|ndjson|geojson|lock|log|map|gz|zip|tar|tgz|bz2|xz|zst|whl|pyc|pem|crt|pub|sum|bak|orig|tmp|pkl|pickle|npy)|^\.env\..*|^(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|CODEOWNERS|README|CHANGELOG|VERSION|MANIFEST\.in|py\.typed|\.(?:git)?keep|\.\w*ignore|\.gitattributes|\.gitmodules|\.editorconfig|\.DS_Store|\.python-version|\.nvmrc|\.node-version|\.user\.yml))$/i;

/** JSON in such folders is data. */
const dataFolder = /\/(?:data|raw|seeds|samples?|fixtures|testdata|output)\/.*\.json$/i;

/** What can be read well enough to tell which variables it names. */
const readable =
  /(?:\.(?:py|sh|bash|zsh|fish|ya?ml|toml|ini|cfg|conf|properties|in|j2|tmpl|tpl|env\w*|mk)|^(?:GNUm|M)akefile|^(?:Docker|Container)file.*|^\.?justfile|^Procfile|(?:config|conf|settings|rc)\.json$|^(?:package|devcontainer|launch|tasks)\.json|^\.[\w-]+)$/i;

/** A file that no system owns and that may read variables; the text only of those that can be understood a little. */
export function claimReader(path: string): Claim | undefined {
  const name = baseName(path);
  if (inert.test(name) || dataFolder.test(path)) return undefined;
  const readsText = readable.test(name);
  // Below everybody's, so that it is what is left.
  return { kind: 'reader', format: 'text', readsText, isGenerated: true, isAside: true, priority: -1 };
}

/** The variables that a file of whatever system names, and whether it may read others, too. */
export function readingsIn(source: SourceFile, claim: Claim): readonly Fact[] {
  const { path } = source;
  const { format, kind, readsText } = claim;
  if (kind === 'reader' && !readsText) return [anyOf(path)];
  // Queries and descriptions are full of words in capitals; a variable is asked for with one of these.
  if (format !== 'text' && format !== 'python' && !isFoundIn(source, asksForVariables)) return [];
  const facts = namesIn(source);
  return isFoundIn(source, readsAny[languageOf(path, claim)]) ? [...facts, anyOf(path)] : facts;
}

function asksForVariables(text: string): boolean {
  return text.includes('$') || /env|settings/i.test(text);
}

/** The words that may be variables; the same facts while an edit changes none of them. */
function namesIn(source: SourceFile): readonly Fact[] {
  const { text } = source;
  if (!source.isEdited) return factsOf(text);
  const kept = source.kept(namesIn, (): { text: string; facts: readonly Fact[] } => ({
    text: '',
    facts: [],
  }));
  if (kept.text === text) return kept.facts;
  const { before, after } = changedLines(kept.text, text, source.changeFrom(kept.text));
  if (wordsIn(before).join() !== wordsIn(after).join()) kept.facts = factsOf(text);
  kept.text = text;
  return kept.facts;
}

function factsOf(text: string): readonly Fact[] {
  return [...new Set(wordsIn(text))].map(variableRead);
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[A-Z][A-Z0-9]*_[A-Z0-9_]*/g) ?? [];
}

/** Names that are put together, an environment that is handed on whole, settings that find their variables themselves. */
function mayReadAny(text: string): boolean {
  return (
    /env[-_]?(?:file|prefix)|envvar_prefix|dotenv_values|BaseSettings|expandvars|envsubst|dynaconf|environs\b|printenv|\$\{!|toJSON\((?:env|secrets|vars)/i.test(
      text,
    ) ||
    /\benviron\b(?!\s*\[\s*['"]|\s*\.\s*(?:get|setdefault|pop)\s*\(\s*['"])/.test(withoutImports(text)) ||
    /\b(?:getenv|env_var|EnvVar)\s*\(\s*[^'"\s]/.test(text) ||
    // A name that is only a part: a prefix that something is put behind, a text with a hole.
    /\b[A-Z][A-Z0-9]*_(?=\$?\{|['"]\s*[+%]|%s)|(?:[}$]|%s)_[A-Z]/.test(text)
  );
}

type Language = 'query' | 'python' | 'script' | 'configuration';

/** Whether a text may read any variable. Whoever is handed the file of variables gets all of them; Python's readers name what they want of it. */
const readsAny: Readonly<Record<Language, (text: string) => boolean>> = {
  query: (text) => /\benv_var\s*\(\s*[^'"\s]/.test(text),
  python: mayReadAny,
  script: (text) => mayReadAny(text) || /(?<![\w.])\.env\b|\bdotenv\b/.test(text),
  configuration: (text) => mayReadAny(text) || /\/\.env\b/.test(text),
};

function languageOf(path: string, { format, kind }: Claim): Language {
  if (format === 'sql') return 'query';
  if (format === 'python' || path.endsWith('.py')) return 'python';
  return kind === 'reader' || kind === 'script' ? 'script' : 'configuration';
}

function withoutImports(text: string): string {
  return text.replaceAll(/^\s*(?:from|import)\b.*$/gm, '');
}

function anyOf(path: string): Hole {
  const reason = `${baseName(path)} may read any variable, so unused ones are not told of`;
  return { fact: 'hole', namespace: readVariableNamespace, scope: '', reason };
}
