import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systems } from '../../server/src/systems/index.ts';

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly markdownDescription: string }>
      >;
    };
    readonly grammars: readonly { readonly path: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { contributes } = manifest;
const sources = readdirSync('extension/src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join('extension/src', path), 'utf8'));
const extension = sources.join('\n');
const declared = contributes.commands.map(({ command }) => command);

test('every command of the manifest has a handler, and every handler a title', () => {
  const table = readFileSync('extension/src/commands.ts', 'utf8');
  const handled = [...table.matchAll(/'(penstock\.\w+)':/g)].map(([, id]) => id);
  expect(new Set(handled)).toEqual(new Set(declared));
  expect(handled).toHaveLength(declared.length);
});

test('all commands stand under one category', () => {
  expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['Penstock']));
});

test('menus, keys and welcome texts name only commands that exist', () => {
  const fromMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
  const fromKeys = contributes.keybindings.map(({ command }) => command);
  const fromText = contributes.viewsWelcome.flatMap(({ contents }) =>
    [...contents.matchAll(/command:(penstock\.\w+)/g)].map(([, id]) => id!),
  );
  for (const id of [...fromMenus, ...fromKeys, ...fromText]) expect(declared).toContain(id);
});

test('each step of the walkthrough has a picture with words, leads somewhere, and ends by itself', () => {
  const [start] = contributes.walkthroughs;
  for (const { id, description, media, completionEvents } of start!.steps) {
    const commands = [...description.matchAll(/command:([\w.]+)/g)].map(([, command]) => command!);
    expect(commands.length, id).toBeGreaterThan(0);
    for (const command of commands) expect(declared).toContain(command);
    expect(readFileSync(media.svg, 'utf8'), id).toContain('var(--vscode-');
    expect(media.altText.length, id).toBeGreaterThan(20);
    for (const event of completionEvents) {
      const [kind, name = ''] = event.split(':');
      if (kind === 'onCommand') expect(declared).toContain(name);
      else expect(extension, event).toContain(`setContext('${name}'`);
    }
  }
  const links = contributes.viewsWelcome.flatMap(({ contents }) =>
    [...contents.matchAll(/openWalkthrough\?([^)]+)\)/g)].map(([, argument]) =>
      decodeURIComponent(argument!),
    ),
  );
  expect(new Set(links)).toEqual(new Set([JSON.stringify(`penstock.penstock#${start!.id}`)]));
});

/** What when clauses say, with the texts in quotes that they compare something with. */
const clauses = [
  ...Object.values(contributes.menus).flat(),
  ...contributes.keybindings,
  ...contributes.viewsWelcome,
].map(({ when }) => when ?? '');

test('every context key in a when clause is set somewhere', () => {
  const views = new Set(Object.values(contributes.views).flatMap((group) => group.map(({ id }) => id)));
  const keys = new Set(
    clauses.flatMap((clause) =>
      [...clause.replaceAll(/activeWebviewPanelId == '[^']*'/g, '').matchAll(/penstock\.\w+/g)].map(
        ([key]) => key,
      ),
    ),
  );
  for (const key of keys) if (!views.has(key)) expect(extension, key).toContain(`setContext('${key}'`);
});

test('every panel that a when clause names is one that is made', () => {
  const panels = clauses.flatMap((clause) =>
    [...clause.matchAll(/activeWebviewPanelId == '([^']*)'/g)].map(([, id]) => id),
  );
  expect(panels).not.toEqual([]);
  for (const panel of panels) expect(extension).toContain(`ViewType = '${panel}'`);
});

test('every setting is read, has a default, and shows an example', () => {
  for (const [id, { default: fallback, markdownDescription }] of Object.entries(
    contributes.configuration.properties,
  )) {
    expect(fallback, id).toBeDefined();
    expect(markdownDescription, id).toMatch(/Example: /);
    // The client library reads this one by its own convention.
    if (id !== 'penstock.trace.server')
      expect(extension, id).toContain(`get('${id.replace('penstock.', '')}')`);
  }
  for (const id of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
    expect(Object.keys(contributes.configuration.properties)).toContain(id);
  }
});

test('the configuration is read in one file only, that of other extensions aside', () => {
  expect(sources.filter((source) => source.includes(`getConfiguration('penstock')`))).toHaveLength(1);
});

test('opening a folder with the marker of any system wakes the extension', () => {
  const globs = manifest.activationEvents.map((event) => event.replace('workspaceContains:**/', ''));
  const names = globs.flatMap((glob) => {
    const [stem = '', endings = ''] = glob.split('.{');
    return endings === ''
      ? [glob]
      : endings
          .replace('}', '')
          .split(',')
          .map((ending) => `${stem}.${ending}`);
  });
  for (const system of systems)
    for (const marker of system.markers) expect(names, system.id).toContain(marker);
});

test('the files that the manifest names are there', () => {
  const { grammars, viewsContainers } = contributes;
  const files = [
    manifest.icon,
    ...grammars.map(({ path }) => path),
    ...viewsContainers.activitybar.map(({ icon }) => icon),
  ];
  for (const file of files) expect(() => readFileSync(file), file).not.toThrow();
});
