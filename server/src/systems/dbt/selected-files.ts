import { resolvePath } from '../../core/path.ts';
import type { Project } from '../../core/system.ts';
import { claimDbtFile, type DbtFileKind, type ResourcePlace } from './claim.ts';
import { layoutOf } from './layout.ts';

/** The name that a selected file gives, where it stands in the selection. */
export interface SelectedFile {
  readonly namespaces: readonly string[];
  readonly name: string;
  readonly at: number;
}

type ByKind = Partial<Readonly<Record<DbtFileKind, string>>>;

/** What a file gives a name to by its own, by what it is; a snapshot's name stands in its text. */
const namedByKind: ByKind = {
  model: 'dbt.node',
  'python-model': 'dbt.node',
  seed: 'dbt.node',
  test: 'dbt.test',
  analysis: 'dbt.analysis',
  function: 'dbt.function',
};
/** The namespaces of all that a file gives a name to. */
export const anyKind: readonly string[] = [...new Set(Object.values(namedByKind))];

const sections: ByKind = { model: 'models', seed: 'seeds', snapshot: 'snapshots' };

/**
 * The name in `path:models/orders.sql`, `file:orders.sql` and `file:orders`; undefined where a pattern or a folder is
 * meant. Without its project a path can be of anything.
 */
export function selectedFile(method: string, value: string, project?: Project): SelectedFile | undefined {
  if (method === 'file') {
    const name = /^([\w.-]*\w)\.(?:sql|py|csv)$/iu.exec(value)?.[1] ?? /^\w+$/u.exec(value)?.[0];
    return name === undefined ? undefined : { namespaces: anyKind, name, at: 0 };
  }
  const name = /^[^*?[\]]*?([^*?[\]/]+)\.(?:sql|py|csv)$/iu.exec(value)?.[1];
  if (method !== 'path' || name === undefined) return undefined;
  const at = value.lastIndexOf('/') + 1;
  if (!project) return /^(?:\.\/)?snapshots\//u.test(value) ? undefined : { namespaces: anyKind, name, at };
  const claim = claimDbtFile(resolvePath(project.root, value), project, () => '');
  const namespace = namedByKind[claim?.kind as DbtFileKind];
  return namespace === undefined ? undefined : { namespaces: [namespace], name, at };
}

/** The folder that `path:models/staging` means, as facts name it: `models/shop/staging`. */
export function selectedFolder(method: string, value: string, project: Project): string | undefined {
  if (method !== 'path' || !/^[\w./-]+$/u.test(value)) return undefined;
  for (const file of ['any.sql', 'any.csv']) {
    const claim = claimDbtFile(resolvePath(project.root, `${value}/${file}`), project, () => '');
    const section = sections[claim?.kind as DbtFileKind];
    if (claim && section !== undefined)
      return [section, layoutOf(project).package, ...(claim.data as ResourcePlace).folders].join('/');
  }
  return undefined;
}
