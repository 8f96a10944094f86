import { readVariableNamespace, variableRead } from '../../core/environment.ts';
import type { Fact, Hole } from '../../core/facts.ts';
import { baseName } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim } from '../../core/system.ts';

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
export function readingsIn({ path, text }: SourceFile, claim: Claim): readonly Fact[] {
  const { format, kind, readsText } = claim;
  if (kind === 'reader' && !readsText) return [anyOf(path)];
  // Queries and descriptions are full of words in capitals; a variable is asked for with one of these.
  if (format !== 'text' && format !== 'python' && !/env|\$|settings/i.test(text)) return [];
  const found = new Set(text.match(/[A-Z][A-Z0-9]*_[A-Z0-9_]*/g));
  const facts: Fact[] = [...found].map(variableRead);
  return mayReadAny(text, languageOf(path, claim)) ? [...facts, anyOf(path)] : facts;
}

/** Names that are put together, an environment that is handed on whole, settings that find their variables themselves. */
function mayReadAny(text: string, language: Language): boolean {
  if (language === 'query') return /\benv_var\s*\(\s*[^'"\s]/.test(text);
  return (
    /env[-_]?(?:file|prefix)|envvar_prefix|dotenv_values|BaseSettings|expandvars|envsubst|dynaconf|environs\b|printenv|\$\{!|toJSON\((?:env|secrets|vars)/i.test(
      text,
    ) ||
    /\benviron\b(?!\s*\[\s*['"]|\s*\.\s*(?:get|setdefault|pop)\s*\(\s*['"])/.test(withoutImports(text)) ||
    /\b(?:getenv|env_var|EnvVar)\s*\(\s*[^'"\s]/.test(text) ||
    // A name that is only a part: a prefix that something is put behind, a text with a hole.
    /\b[A-Z][A-Z0-9]*_(?=\$?\{|['"]\s*[+%]|%s)|(?:[}$]|%s)_[A-Z]/.test(text) ||
    handsOver[language].test(text)
  );
}

type Language = 'query' | 'python' | 'script' | 'configuration';

/** Whoever is handed the file of variables gets all of them; Python's readers name what they want of it. */
const handsOver: Readonly<Record<Exclude<Language, 'query'>, RegExp>> = {
  python: /$^/,
  script: /(?<![\w.])\.env\b|\bdotenv\b/,
  configuration: /\/\.env\b/,
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
