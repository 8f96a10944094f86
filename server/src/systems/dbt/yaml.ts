import type { SourceFile } from '../../core/source-file.ts';
import type { Problem, Project } from '../../core/system.ts';
import type { YamlResult } from '../../core/yaml/parse-yaml.ts';
import { readYamlFile } from '../../core/yaml/yaml-file.ts';
import { isSecondLine } from './version.ts';

const options = { version: '1.1', duplicateKeys: 'last' } as const;
const stripped = { ...options, strip: true } as const;

/** Reads a YAML file as dbt does: a key that stands twice is deprecated in v1 and refused by v2. */
export function readDbtYaml(
  source: SourceFile,
  project: Project,
  { strip = false }: { readonly strip?: boolean } = {},
): YamlResult {
  const result = readYamlFile(source, strip ? stripped : options);
  if (!result.problems.some((problem) => problem.code === 'yaml/duplicate-key')) return result;
  const problems = result.problems.map((problem) =>
    problem.code === 'yaml/duplicate-key' ? asDbtSays(problem, source, project) : problem,
  );
  return { ...result, problems };
}

function asDbtSays({ span }: Problem, source: SourceFile, project: Project): Problem {
  const isSecond = isSecondLine(project);
  const key = source.slice(span);
  return {
    code: 'dbt/duplicate-key',
    span,
    severity: isSecond ? 'error' : 'warning',
    message: isSecond
      ? `the key \`${key}\` stands twice in this mapping, which dbt v2 refuses; remove or rename one of the two`
      : `the key \`${key}\` stands twice in this mapping: the last one counts, and dbt v2 refuses it; remove or rename one of the two`,
  };
}

/** True where the tree lacks what is there, because the text broke halfway. */
export function isBroken(problems: readonly Problem[]): boolean {
  return problems.some(
    ({ code, severity = 'error' }) => severity === 'error' && code !== 'dbt/duplicate-key',
  );
}
