import { baseName, relativeTo } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Problem, Project } from '../../core/system.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { lockFacts, projectFacts, unreadable } from './facts.ts';
import { lockOf, yamlOptions } from './layout.ts';
import { readLock, readProject, type MeltanoModel } from './model.ts';

export function parseMeltano(source: SourceFile, claim: Claim, project: Project): Parsed<MeltanoModel> {
  const { tree, problems } = parseYaml(source.text, yamlOptions);
  const isBroken = problems.some((problem) => (problem.severity ?? 'error') === 'error');
  const holes = isBroken ? unreadable(project, baseName(source.path)) : [];
  const read = { ...(tree ? { tree } : {}), problems };
  if (claim.kind === 'lock') {
    const model = readLock(lockOf(relativeTo(project.root, source.path))!, tree);
    return { ...read, model, facts: [...lockFacts(project, model), ...holes] };
  }
  const model = readProject(claim.kind === 'included' ? 'included' : 'project', tree);
  const empty = tree || isBroken ? [] : [emptyFile(claim)];
  return {
    ...read,
    problems: [...problems, ...empty],
    model,
    facts: [...projectFacts(source, project, model), ...holes],
  };
}

function emptyFile({ kind }: Claim): Problem {
  const fix =
    kind === 'included'
      ? 'fill it, or take it out of `include_paths`'
      : 'begin with `default_environment: dev`';
  return {
    code: 'meltano/empty-file',
    span: { start: 0, end: 0 },
    message: `Meltano refuses an empty file here; ${fix}`,
  };
}
