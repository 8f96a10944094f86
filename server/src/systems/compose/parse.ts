import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed } from '../../core/system.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import type { ComposeFileKind } from './claim.ts';
import { commandLinesOf } from './command-lines.ts';
import { toldByVariables } from './environment-facts.ts';
import { composeFacts, unreadable } from './facts.ts';
import { readCompose, type ComposeModel } from './model.ts';

export function parseCompose(source: SourceFile, claim: Claim): Parsed<ComposeModel> {
  const { tree, problems: all } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'refuse' });
  // Compose lays the documents of a file over each other; of the later ones nothing is known here.
  const problems = all.filter(({ code }) => code !== 'yaml/several-documents');
  const model = readCompose(tree);
  const isPart =
    problems.length < all.length || problems.some((problem) => (problem.severity ?? 'error') === 'error');
  const facts = composeFacts(source, tree, { model, kind: claim.kind as ComposeFileKind });
  return {
    ...(tree ? { tree } : {}),
    model,
    problems,
    facts: [...facts, ...(isPart ? unreadable(source) : [])],
    selections: toldByVariables(model),
    commandLines: commandLinesOf(model, source),
  };
}
