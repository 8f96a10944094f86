import type { Definition } from '../../core/facts.ts';
import { folderOf } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Problem } from '../../core/system.ts';
import { worded } from '../../core/vocabulary.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { knownStreams, streamsText } from './known-streams.ts';
import { readCatalog, readState, type SingerModel } from './model.ts';

export function parseSinger(source: SourceFile, claim: Claim): Parsed<SingerModel> {
  const { value, problem } = readJson(source.text);
  const facts = claim.kind === 'state' ? [] : catalogFacts(source, value);
  // What a tool wrote for itself is nobody's to look at: its text is not taken apart.
  if (claim.kind === 'discovered') return { model: { kind: 'discovered' }, problems: [], facts };
  const { tree } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'last' });
  const model = claim.kind === 'state' ? readState(tree) : readCatalog(tree);
  return { ...(tree ? { tree } : {}), model, problems: problem ? [problem] : [], facts };
}

/** Which streams and attributes a catalog has, under its path, for whoever selects from it. */
function catalogFacts({ path }: SourceFile, value: unknown): readonly Definition[] {
  const streams = knownStreams(value);
  if (streams.size === 0) return [];
  return [
    {
      fact: 'definition',
      namespace: 'singer.catalog',
      scope: '',
      name: path,
      span: { start: 0, end: 0 },
      what: 'catalog',
      exclusive: false,
      implicit: true,
      data: streamsText(streams),
    },
    worded(
      'load.streams',
      { name: path, span: { start: 0, end: 0 }, what: 'catalog' },
      { project: folderOf(path), system: 'singer', streams: [...streams.keys()].join('\n') },
    ),
  ];
}

function readJson(text: string): { readonly value?: unknown; readonly problem?: Problem } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    // Python reads these words, which JSON does not know.
    if (/\b(?:NaN|Infinity)\b/u.test(text)) return {};
    const at = Number(/at position (\d+)/u.exec(String(error))?.[1] ?? text.trimEnd().length);
    const start = Math.min(at, Math.max(0, text.trimEnd().length - 1));
    const message = 'this is no JSON, which taps refuse to read; mend what stands here or before it';
    return { problem: { code: 'singer/syntax', span: { start, end: start + 1 }, message } };
  }
}
