import type { Report, Rule } from '../../../core/rule.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import { scalarAt, type MeltanoModel } from '../model.ts';
import { requirementFault, unclear } from '../requirement.ts';
import { shellWords, type Word } from '../shell-words.ts';

/**
 * `pip_url` goes to uv or pip when the plugin is installed, word for word: `pip_url: tap-x >= 1.0` are three packages,
 * two of which cannot be.
 */
export const pipUrl: Rule<MeltanoModel> = {
  id: 'meltano/invalid-pip-url',
  severity: 'warning',
  isLocal: true,
  check({ model, source }, report) {
    if (model.kind === 'lock') return;
    for (const { node } of model.plugins) {
      const url = scalarAt(node, 'pip_url');
      if (url) check(url, source, report);
    }
  },
};

function check(url: ScalarNode, source: SourceFile, report: Report): void {
  const words = shellWords(url.text);
  if (!words) return report(url, 'a quote in `pip_url` is never closed; close it');
  let isArgument = false;
  for (const word of words) {
    const takesIt = isArgument;
    isArgument = withArgument.has(word.text);
    if (takesIt || word.text.startsWith('-')) continue;
    const fault = faultOf(word.text);
    if (fault) report(placeOf(word, url, source), fault);
  }
}

/** Options of pip and uv whose next word belongs to them. */
const withArgument: ReadonlySet<string> = new Set([
  '-e',
  '--editable',
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-i',
  '--index-url',
  '--extra-index-url',
  '-f',
  '--find-links',
  '--trusted-host',
  '--no-binary',
  '--only-binary',
  '--index',
  '--default-index',
  '--index-strategy',
  '--prerelease',
  '--override',
  '--python-version',
]);

function faultOf(word: string): string | undefined {
  if (word.includes('$')) return undefined;
  const repository = repositoryIn(word);
  if (repository !== undefined) return repository;
  const fault = requirementFault(word);
  if (fault === undefined) return undefined;
  if (word.endsWith(';') && requirementFault(word.slice(0, -1)) === undefined)
    return `\`${word}\` ends in a semicolon, behind which uv wants a marker (pip passes over it); remove it`;
  if (/^(?:[<>=!~]=?|===|@)$/u.test(word) || /^(?:[<>=!~]=|[<>])/u.test(word))
    return `\`${word}\` stands apart from its package; write both as one word, or in quotes`;
  if (
    /^(?:[a-z][\w+.-]*:|\.{1,2}[\\/]|[\\/~])/iu.test(word) ||
    /[\\/]/u.test(word) ||
    /\.(?:whl|zip|gz|bz2)$/u.test(word)
  )
    return undefined;
  if (fault !== unclear) return `\`${word}\` is refused by pip and uv: ${fault}`;
  return `\`${word}\` is no package that pip or uv could install; write a name with its version, as in \`tap-x==1.0\``;
}

/** The address of a repository as its page has it, where pip and uv want to be told how it is fetched. */
function repositoryIn(word: string): string | undefined {
  const host = String.raw`(?:www\.)?(?:github|gitlab|bitbucket)\.[a-z]+`;
  const way = String.raw`[^/]+\/[^/]+?(?:\.git)?(?:@[^/]*)?`;
  const [, scheme] = new RegExp(`^(https?://)?${host}/${way}$`, 'u').exec(word) ?? [];
  if (scheme !== undefined)
    return `\`${word}\` is the page of a repository; begin with \`git+\` to install from it`;
  if (new RegExp(`^${host}/${way}$`, 'u').test(word))
    return `\`${word}\` is taken for a path; begin with \`git+https://\` to install from the repository`;
  const [, path] = new RegExp(`^git@${host}:(${way})$`, 'u').exec(word) ?? [];
  if (path === undefined) return undefined;
  const url = `git+ssh://${word.replace(`:${path}`, `/${path}`)}`;
  return `\`${word}\` is an address for git alone; write \`${url}\``;
}

function placeOf(word: Word, url: ScalarNode, source: SourceFile): ScalarNode['span'] {
  const isVerbatim = source.slice(url.span) === url.text;
  return isVerbatim
    ? { start: url.span.start + word.span.start, end: url.span.start + word.span.end }
    : url.span;
}
