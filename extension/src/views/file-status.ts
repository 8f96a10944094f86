import type { ProjectAnswer, SystemAnswer } from '../../../server/src/protocol/requests.ts';

/** What is said beside the language's name: which tool a file belongs to, and by which version it is checked. */
export interface FileStatus {
  readonly text: string;
  readonly detail: string;
}

/** Undefined for a file that lies in no project. Of projects inside each other the innermost one counts. */
export function fileStatus(systems: readonly SystemAnswer[], uri: string): FileStatus | undefined {
  let found: { readonly system: SystemAnswer; readonly project: ProjectAnswer } | undefined;
  for (const system of systems) {
    for (const project of system.projects) {
      const isDeeper = found === undefined || project.uri.length > found.project.uri.length;
      // A project that is a workspace folder by default, with no marker of its own, says nothing of a file's tool.
      if (project.openUri !== project.uri && uri.startsWith(`${project.uri}/`) && isDeeper)
        found = { system, project };
    }
  }
  if (!found) return undefined;
  const { system, project } = found;
  const version = project.version === undefined ? 'version not known' : project.version;
  const detail = [
    project.name,
    project.versionSource,
    ...project.silent.map((reason) => `not checked: ${reason}`),
  ];
  return {
    text: `${system.title} ${version}`,
    detail: detail.filter((part) => part !== undefined).join(' · '),
  };
}
