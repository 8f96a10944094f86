import { baseName, isInside } from '../../../core/path.ts';
import { fileNamespace } from '../../../core/facts.ts';
import type { FactFile, FactRule, ReportOptions } from '../../../core/rule.ts';
import type { FileRole } from '../file-facts.ts';

/**
 * A file that Compose reads with this one and that is not there: `include: [infra/compose.yaml]`, `extends: { file }`,
 * `label_file`. Compose refuses the whole project. What lies outside of the workspace may be made elsewhere.
 */
export const missingFile: FactRule = {
  id: 'compose/missing-file',
  severity: 'error',
  check(file, _known, report) {
    for (const fact of file.facts) {
      if (fact.fact !== 'use' || fact.namespaces[0] !== fileNamespace) continue;
      const { name, role, data } = fact;
      if (!isInside(name, file.project.root)) continue;
      // Without its profile a service may want what is not there.
      const options: ReportOptions = data?.['profile'] === 'yes' ? { severity: 'warning' } : {};
      if (role !== 'bind-source' && file.isFolder(name))
        report(fact, notAFolder(name, role as FileRole, file), options);
      if (file.exists(name)) continue;
      switch (role as FileRole) {
        case 'part':
        case 'labels':
          report(
            fact,
            `there is no file \`${baseName(name)}\`, and Compose refuses to read this one without it; correct the path`,
            options,
          );
          break;
        case 'variables':
          // A rule of its own tells of those that are not there.
          break;
        case 'bind-source':
          report(
            fact,
            `\`${baseName(name)}\` is not there, and with \`create_host_path: false\` the container is refused when it starts; make it, or correct the path`,
            { code: 'compose/missing-bind-source', severity: 'warning' },
          );
      }
    }
  },
};

/** Compose looks into no folder for its main file. */
function notAFolder(path: string, role: FileRole, file: FactFile): string {
  const inside = role === 'part' && mainFiles.find((name) => file.exists(`${path}/${name}`));
  const meant = inside ? `\`${baseName(path)}/${inside}\` may be meant` : 'name the file';
  return `\`${baseName(path)}\` is a folder, and Compose wants a file here; ${meant}`;
}

const mainFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
