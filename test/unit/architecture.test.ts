import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Who may import what. A room's own files are always allowed; packages by name, Node by `node:`. */
const rooms: readonly {
  readonly room: string;
  readonly rooms: readonly string[];
  readonly packages: readonly RegExp[];
}[] = [
  {
    room: 'server/src/core',
    rooms: [],
    packages: [/^(yaml|js-yaml|fastest-levenshtein|vscode-uri)$/],
  },
  { room: 'server/src/protocol', rooms: ['server/src/core'], packages: [] },
  { room: 'server/src/language', rooms: ['server/src/core'], packages: [] },
  { room: 'server/src/readiness', rooms: ['server/src/core', 'server/src/language'], packages: [] },
  { room: 'server/src/files', rooms: ['server/src/core'], packages: [/^node:/, /^(vscode-uri|picomatch)$/] },
  {
    room: 'server/src/runs',
    rooms: ['server/src/core', 'server/src/files'],
    packages: [/^node:/, /^execa$/],
  },
  {
    room: 'server/src/evidence',
    rooms: ['server/src/core', 'server/src/readiness', 'server/src/files', 'server/src/runs'],
    packages: [/^node:/, /^(picomatch|postgres)$/],
  },
  {
    room: 'server/src/lsp',
    rooms: [
      'server/src/core',
      'server/src/language',
      'server/src/readiness',
      'server/src/protocol',
      'server/src/files',
    ],
    packages: [/^node:/, /^vscode-languageserver/, /^vscode-uri$/],
  },
  {
    room: 'server/src/cli',
    rooms: [
      'server/src/core',
      'server/src/language',
      'server/src/readiness',
      'server/src/evidence',
      'server/src/protocol',
      'server/src/files',
      'server/src/runs',
      'server/schemas',
    ],
    packages: [/^node:/, /^diff$/],
  },
  {
    room: 'extension',
    rooms: [
      'server/src/core',
      'server/src/protocol',
      'server/src/files',
      'server/src/runs',
      'webviews/*/protocol.ts',
    ],
    packages: [/^node:/, /^vscode$/, /^vscode-languageclient/, /^vscode-uri$/],
  },
];

test('every room imports only what it may', () => {
  const broken: string[] = [];
  for (const { room, rooms: allowed, packages } of rooms) {
    for (const file of sources(room)) {
      for (const name of importsOf(file)) {
        if (!isAllowed(file, name, [room, ...allowed], packages)) broken.push(`${file} imports ${name}`);
      }
    }
  }
  expect(broken).toEqual([]);
});

test('a system imports core and its own folder', () => {
  const broken: string[] = [];
  for (const system of systemFolders()) {
    for (const file of sources(system)) {
      for (const name of importsOf(file)) {
        if (
          !isAllowed(
            file,
            name,
            [system, 'server/src/core', 'server/schemas'],
            [/^(mdast|mdast-.*|micromark.*)$/],
          )
        )
          broken.push(`${file} imports ${name}`);
      }
    }
  }
  expect(broken).toEqual([]);
});

test('a webview imports its own folder and the shared one', () => {
  const panels = folders('webviews').filter((panel) => panel !== 'webviews/shared');
  const broken = panels.flatMap((panel) =>
    sources(panel).flatMap((file) =>
      importsOf(file)
        .filter(
          (name) =>
            !isAllowed(
              file,
              name,
              [panel, 'webviews/shared'],
              [
                /^(anser|@tanstack\/virtual-core|@dagrejs\/dagre|d3-scale|d3-shape)$/,
                /^@vscode\/codicons\/src\/icons\//,
              ],
            ),
        )
        .map((name) => `${file} imports ${name}`),
    ),
  );
  expect(broken).toEqual([]);
});

test('one file alone knows the archived toolkit, one alone acquires the editor from a webview', () => {
  const knows = (text: string): string[] =>
    sources('webviews').filter((file) => readFileSync(join(root, file), 'utf8').includes(text));
  expect(knows('@vscode/webview-ui-toolkit')).toEqual(['webviews/shared/controls.ts']);
  expect(knows('acquireVsCodeApi(')).toEqual(['webviews/shared/host.ts']);
});

test('adding a system is one folder and one line: no other production file names one', () => {
  const ids = systemFolders().map((folder) => folder.slice(folder.lastIndexOf('/') + 1));
  const registry = readFileSync(join(root, 'server/src/systems/index.ts'), 'utf8');
  for (const id of ids) expect(registry).toContain(`from './${id}/index.ts'`);
  // Words of the product itself and of every shell; tools' names are not.
  const tools = ids.filter((id) => !['env', 'plan', 'penstock'].includes(id));
  const others = ['server/src', 'webviews', 'extension/src']
    .flatMap(sources)
    .filter((file) => !file.startsWith('server/src/systems/'));
  const leaks = others.flatMap((file) => {
    const code = withoutComments(readFileSync(join(root, file), 'utf8'));
    return tools
      .filter((id) => new RegExp(`['"\`]${id}(['"\`:./])`).test(code))
      .map((id) => `${file} names ${id}`);
  });
  expect(leaks.filter((leak) => !leak.startsWith('extension/src/neighbours'))).toEqual([]);
});

test('files stay small', () => {
  const long = ['server/src', 'extension/src', 'webviews', 'scripts', 'test']
    .flatMap(sources)
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > 401);
  expect(long).toEqual([]);
});

function isAllowed(
  file: string,
  name: string,
  allowedRooms: readonly string[],
  packages: readonly RegExp[],
): boolean {
  if (!name.startsWith('.')) return packages.some((pattern) => pattern.test(name));
  const target = relative(root, resolve(root, dirname(file), name)).replaceAll('\\', '/');
  return allowedRooms.some((room) =>
    room.includes('*')
      ? new RegExp(`^${room.replace('*', '[^/]+')}$`).test(target)
      : target.startsWith(`${room}/`),
  );
}

function importsOf(file: string): string[] {
  const text = withoutComments(readFileSync(join(root, file), 'utf8'));
  const statements = text.matchAll(/^(?:import|export)\s(?:[\s\w{},*$]*?\sfrom\s)?\s*['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...statements, ...calls].map((match) => match[1]!);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** Production TypeScript below a folder, relative to the root. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('.test.ts') &&
        !file.endsWith('.d.ts') &&
        !file.includes('node_modules') &&
        !file.includes('/test-support/'),
    );
}

function systemFolders(): string[] {
  return folders('server/src/systems');
}

function folders(parent: string): string[] {
  return readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`);
}
