import type { Fact } from '../../core/facts.ts';
import { baseName, folderOf, foldersAround, resolvePath } from '../../core/path.ts';
import { isWorthHiding } from '../../core/secret-key.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Span } from '../../core/span.ts';
import { defineSystem, type Claim, type Parsed, type Project } from '../../core/system.ts';
import { worded } from '../../core/vocabulary.ts';
import { appFacts, streamlitOptions, streamlitSteps } from './steps.ts';
import { connectCalls } from './connect-calls.ts';
import { readTomlTexts } from '../../core/toml-texts.ts';

/** Streamlit: the databases that an app opens, by its `secrets.toml` or in its code. */
export const streamlit = defineSystem({
  id: 'streamlit',
  title: 'Streamlit',
  icon: 'browser',
  markers: [],
  names: [],
  rules: [],
  claim: claimApp,
  parse: parseApp,
  steps: streamlitSteps,
  options: streamlitOptions,
  secrets: ({ claim, source }) => (claim.kind === 'secrets' ? secretsOf(source) : []),
});

function claimApp(path: string, _project: Project, head: () => string): Claim | undefined {
  if (path.endsWith('/.streamlit/secrets.toml'))
    return { kind: 'secrets', format: 'text', readsText: true, priority: 10 };
  if (!path.endsWith('.py') || !/^\s*(?:import|from)\s+streamlit\b/m.test(head())) return undefined;
  return { kind: 'app', format: 'python', readsText: true, priority: 1 };
}

function parseApp(source: SourceFile, claim: Claim, project: Project): Parsed {
  const folder = folderOf(source.path);
  const facts =
    claim.kind === 'secrets'
      ? secretFiles(source).map((file) => fileFact(file, folderOf(folder), project))
      : [
          ...connectCalls(source.text).map((call) => fileFact(call, folder, project)),
          ...appFacts(source, project),
        ];
  return { model: undefined, problems: [], facts };
}

const address = 'duckdb:///';

/** `[connections.warehouse]` with `url = "duckdb:///warehouse/shop.duckdb"`. */
function secretFiles(source: SourceFile): readonly { readonly path: string; readonly span: Span }[] {
  return readTomlTexts(source.text).flatMap(({ keys, text, span }) => {
    if (keys[0] !== 'connections' || keys.at(-1) !== 'url' || !text.startsWith(address)) return [];
    const path = text.slice(address.length).split('?', 1)[0]!;
    if (path === '' || path === ':memory:' || path.startsWith('md:')) return [];
    const start = span.start + address.length;
    return [{ path, span: { start, end: start + path.length } }];
  });
}

/** A relative path is taken from the folder in which `streamlit run` is started: the app's, or one above it. */
function fileFact(
  {
    path,
    span,
    isReadOnly = true,
  }: { readonly path: string; readonly span: Span; readonly isReadOnly?: boolean },
  folder: string,
  { root }: Project,
): Fact {
  return worded(
    'duckdb.file',
    { name: resolvePath(folder, path), span, what: 'DuckDB file' },
    {
      project: folder,
      system: 'streamlit',
      path,
      access: isReadOnly ? 'read' : 'build',
      opener: 'Streamlit',
      base: `\`${baseName(folder)}\` or whichever folder it is started in`,
      bases: foldersAround(folder, root).join('\n'),
    },
  );
}

/** All that the file sets is secret, but for where a DuckDB file lies. */
function secretsOf({ text }: SourceFile): readonly string[] {
  return readTomlTexts(text).flatMap((each) =>
    isWorthHiding(each.text) && !each.text.startsWith(address) ? [each.text] : [],
  );
}
