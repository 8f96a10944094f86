import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed } from '../../core/system.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import type { ComposeFileKind } from './claim.ts';
import { composeFacts, unreadable } from './facts.ts';
import { readCompose, type ComposeModel } from './model.ts';

export function parseCompose(source: SourceFile, claim: Claim): Parsed<ComposeModel> {
  const { tree, problems } = parseYaml(source.text, { version: '1.2', duplicateKeys: 'refuse' });
  const model = readCompose(tree);
  const isBroken = problems.some((problem) => (problem.severity ?? 'error') === 'error');
  const facts = composeFacts(source, tree, { model, kind: claim.kind as ComposeFileKind });
  return {
    ...(tree ? { tree } : {}),
    model,
    problems,
    facts: [...facts, ...(isBroken ? unreadable(source) : [])],
  };
}
