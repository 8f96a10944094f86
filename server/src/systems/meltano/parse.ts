import type { Definition } from '../../core/facts.ts';
import { baseName, relativeTo } from '../../core/path.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Problem, Project } from '../../core/system.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { callersOf, commandLinesOf } from './command-lines.ts';
import { projectFacts, unreadable } from './facts.ts';
import { jsonFault } from './json-fault.ts';
import { lockOf, loggingYamlOptions, patternsFor, readYaml } from './layout.ts';
import { lockFaults } from './lock-faults.ts';
import { lockFacts, lockFileFacts } from './lock-facts.ts';
import { ProjectMemory, readLock, readProject, type MeltanoModel } from './model.ts';
import { namespaces } from './names.ts';

export function parseMeltano(source: SourceFile, claim: Claim, project: Project): Parsed<MeltanoModel> {
  if (claim.kind === 'lock') return parseLock(source, project);
  const isLogging = claim.kind === 'logging';
  const result = isLogging ? parseYaml(source.text, loggingYamlOptions) : readYaml(source);
  const { tree, problems } = result;
  const isBroken = problems.some((problem) => (problem.severity ?? 'error') === 'error');
  const read = { ...(tree ? { tree } : {}), problems };
  if (isLogging) return { ...read, model: readProject('logging', {}), facts: [] };
  const holes = isBroken ? unreadable(project, baseName(source.path)) : [];
  const memory = source.isEdited ? source.kept(ProjectMemory, () => new ProjectMemory()) : undefined;
  const model = readProject(claim.kind === 'included' ? 'included' : 'project', result, memory);
  const commandLines = commandLinesOf(model, source, project);
  const empty = tree || isBroken ? [] : [emptyFile(claim)];
  const facts = projectFacts(source, project, model);
  const besides = [...includedBy(source, project), ...holes];
  return {
    ...read,
    problems: [...problems, ...empty],
    model,
    facts: besides.length === 0 ? facts : facts.concat(besides),
    callers: isBroken ? [] : callersOf(model, project),
    // A text that cannot be read whole may say more of the plugin.
    commandLines: isBroken ? commandLines.map(({ program, words }) => ({ program, words })) : commandLines,
  };
}

/** What is wrong with a lock file matters only where a plugin needs the file, so it is a fact: see `invalidLock`. */
function parseLock(source: SourceFile, project: Project): Parsed<MeltanoModel> {
  const place = lockOf(relativeTo(project.root, source.path))!;
  const { tree } = readYaml(source);
  const fault = jsonFault(source.text);
  const model = readLock(place, tree);
  const faults = fault ? [fault] : lockFaults(tree, place);
  const holes = fault ? unreadable(project, baseName(source.path)) : [];
  return {
    ...(tree ? { tree } : {}),
    problems: [],
    model,
    facts: [...lockFacts(project, model), ...lockFileFacts(project, place, faults), ...holes],
  };
}

/** The file is what a pattern of `include_paths` names. */
function includedBy({ path }: SourceFile, project: Project): readonly Definition[] {
  return patternsFor(path, project).map((name) => ({
    fact: 'definition',
    namespace: namespaces.include,
    scope: project.scope,
    name,
    span: { start: 0, end: 0 },
    what: 'included file',
    exclusive: false,
    implicit: true,
  }));
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
