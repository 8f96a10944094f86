import { relative, sep } from 'node:path';
import type { ProjectEnvironment, VariableRead } from './environment.ts';

/** What is in force, for a person: one block a project. */
export function environmentText(projects: readonly ProjectEnvironment[], cwd: string): string {
  if (projects.length === 0) return 'No project whose tool is known was found here.\n';
  return `${projects.map((project) => blockOf(project, cwd).join('\n')).join('\n\n')}\n`;
}

function blockOf(project: ProjectEnvironment, cwd: string): readonly string[] {
  const { name, system, folder, executable, checkedBy, interpreter, services, files, variables } = project;
  const rows: (readonly [string, string])[] = [];
  if (executable.path === null) {
    rows.push([executable.name, `not found (looked in ${executable.searched.join(', ')})`]);
    rows.push(['install', executable.install]);
  } else {
    const version = executable.version === undefined ? '' : ` ${executable.version}`;
    rows.push([executable.name + version, `${shown(executable.path, cwd)}, ${executable.source}`]);
    const before = executable.searched.slice(0, -1);
    if (before.length > 0) rows.push(['looked before', before.join(', ')]);
  }
  // The program that runs is also what files are checked by, where it tells its version.
  if (checkedBy && (executable.path === null || executable.version === undefined))
    rows.push(['checked by', `${checkedBy.version}, ${checkedBy.source}`]);
  if (interpreter)
    rows.push([
      `python${interpreter.version ? ` ${interpreter.version}` : ''}`,
      shown(interpreter.path, cwd),
    ]);
  if (services.length > 0) rows.push(['service', services.join(', ')]);
  rows.push(['runs', where[project.runs]]);
  for (const { what, path, because } of files)
    rows.push([
      what,
      path === null ? `none: ${shortened(because, cwd)}` : `${shown(path, cwd)}, because ${because}`,
    ]);
  for (const variable of variables) rows.push([variable.name, sourcesOf(variable, cwd)]);
  const width = Math.max(...rows.map(([key]) => key.length));
  return [
    `${system} project ${name} in ${shown(folder, cwd)}`,
    ...rows.map(([key, value]) => `  ${key.padEnd(width)}  ${value}`),
  ];
}

const where: Readonly<Record<ProjectEnvironment['runs'], string>> = {
  local: 'on this machine',
  service: 'in its service, because the tool is not installed on this machine',
  nowhere: 'nowhere: the tool is missing, and no compose service mounts the project',
};

function sourcesOf({ inEnvironment, setIn }: VariableRead, cwd: string): string {
  const sources = [...(inEnvironment ? ['the environment'] : []), ...setIn.map((path) => shown(path, cwd))];
  return sources.length === 0 ? 'read, and set nowhere that is known' : `set in ${sources.join(', ')}`;
}

/** A sentence with the paths in it told from the folder, whose own path may stand in another one. */
function shortened(text: string, cwd: string): string {
  return text.replaceAll(` ${cwd}${sep}`, ' ');
}

function shown(path: string, cwd: string): string {
  const way = relative(cwd, path).replaceAll('\\', '/');
  return way.startsWith('..') ? path : way || '.';
}
