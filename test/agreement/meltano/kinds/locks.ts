import { type Kind, change, defect, mark, odd, remove, write } from '../../kind.ts';
import { base, lockOf } from '../base.ts';
import { compile, dryRun, onHub, onlyCompile } from './commands.ts';

const file = 'plugins/extractors/tap-ledger--acme.lock';
const run = { found: dryRun('ledger') };
const lock = base[file]!;
const wrong = (from: string, to: string): ReturnType<typeof write> => write(file, lock.replace(from, to));
/** What is missing is missed at the beginning. */
const without = (line: string): ReturnType<typeof write> => write(file, `${mark}${lock.replace(line, '')}`);
const project = 'meltano.yml';
const variant = '      variant: acme\n';

/** What `meltano lock` left. */
export const lockKinds: readonly Kind[] = [
  defect('lock-empty', 'an empty file', write(file, mark), run),
  defect('lock-broken', 'JSON that is cut off', write(file, `{ "name": "tap-ledger",${mark}\n${mark}`), run),
  defect('lock-comma', 'a comma too many', wrong('"label": "Ledger",', `"label": "Ledger",,${mark}`), run),
  defect('lock-comment', 'a comment', wrong('"label": "Ledger",', `"label": "Ledger", // shown${mark}`), run),
  defect('lock-single-quotes', 'single quotes', wrong('"label": "Ledger"', `'label': 'Ledger'${mark}`), run),
  defect('lock-list', 'a list', write(file, `[]${mark}\n`), run),
  defect('lock-text', 'a text', write(file, `"tap-ledger"${mark}\n`), run),
  defect('lock-null', 'nothing', write(file, `null${mark}\n`), run),
  defect(
    'lock-conflict',
    'marks of a merge',
    write(file, `<<<<<<< HEAD${mark}\n${lock}=======\n${lock}>>>>>>> main\n`),
    run,
  ),
  defect('lock-without-name', 'no name', without('  "name": "tap-ledger",\n'), run),
  defect('lock-without-namespace', 'no namespace', without('  "namespace": "tap_ledger",\n'), run),
  defect('lock-without-type', 'no type', without('  "plugin_type": "extractors",\n'), run),
  defect(
    'lock-type-unknown',
    'a type that does not exist',
    wrong('"plugin_type": "extractors",', `"plugin_type": "extractor",${mark}`),
    run,
  ),
  defect(
    'lock-variant-differs',
    'another variant inside',
    wrong('"variant": "acme",', `"variant": "other",${mark}`),
    run,
  ),
  defect(
    'lock-kind-unknown',
    'a kind of setting that does not exist',
    wrong('"kind": "integer"', `"kind": "number"${mark}`),
    run,
  ),
  defect(
    'lock-setting-without-name',
    'a setting without a name',
    wrong('"name": "page_size"', `"nam": "page_size"${mark}`),
    run,
  ),
  defect(
    'lock-settings-mapping',
    'settings in a mapping',
    write(
      file,
      lockOf('tap-ledger', 'acme', { settings: { company: {} } }).replace(
        '"settings": {',
        `"settings": {${mark}`,
      ),
    ),
    run,
  ),
  defect(
    'lock-setting-text',
    'a setting by its name alone',
    write(
      file,
      lockOf('tap-ledger', 'acme', { settings: ['company'] }).replace(
        '"settings": [\n    "company"',
        `"settings": [${mark}\n    "company"${mark}`,
      ),
    ),
    run,
  ),
  defect(
    'lock-command-unknown-key',
    'a command with an unknown key',
    wrong('"args": "--ping"', `"arg": "--ping"${mark}`),
    run,
  ),
  defect(
    'lock-command-number',
    'a command that is a number',
    write(
      file,
      lockOf('tap-ledger', 'acme', { commands: { ping: 5 } }).replace('"ping": 5', `"ping": 5${mark}`),
    ),
    run,
  ),
  defect(
    'lock-requires-list',
    'requirements in a list',
    write(
      file,
      lockOf('tap-ledger', 'acme', { requires: ['x'] }).replace(
        '"requires": [\n    "x"',
        `"requires": [${mark}\n    "x"${mark}`,
      ),
    ),
    run,
  ),
  defect(
    'lock-missing',
    'no lock file',
    [change(project, variant, variant.replace('acme', `acme${mark}`)), remove(file)],
    { ...run, depends: onHub },
  ),
  defect(
    'lock-missing-variant',
    'a variant that is not locked',
    change(project, variant, variant.replace('acme', `other${mark}`)),
    { ...run, depends: onHub },
  ),
  defect(
    'lock-missing-default',
    'a plugin without a variant, locked with one',
    change(project, `    - name: tap-ledger\n${variant}`, `    - name: tap-ledger${mark}\n`),
    { ...run, depends: onHub },
  ),
  defect(
    'lock-of-parent-missing',
    'a variant of a parent that is not locked',
    change(
      project,
      '    - name: tap-shop--archive\n      inherit_from: tap-shop\n',
      `    - name: tap-shop--archive\n      inherit_from: tap-ledger\n      variant: other${mark}\n`,
    ),
    { found: compile, depends: onHub },
  ),
  defect(
    'lock-name-of-child',
    'a lock file under the name of the plugin that inherits',
    [
      change(
        project,
        '\n  loaders:\n',
        `\n    - name: tap-child\n      inherit_from: tap-absent\n      variant: acme${mark}\n  loaders:\n`,
      ),
      write('plugins/extractors/tap-child--acme.lock', lockOf('tap-child', 'acme')),
    ],
    { found: compile, depends: onHub },
  ),

  defect(
    'lock-of-own',
    'a broken lock file beside an own definition',
    write('plugins/loaders/target-warehouse--default.lock', `{${mark}`),
    { found: compile, beyond: onlyCompile },
  ),

  odd(
    'lock-unused',
    'a lock file of a plugin that is gone',
    write('plugins/loaders/target-old--acme.lock', lockOf('target-old', 'acme', { plugin_type: 'loaders' })),
    run,
  ),
  odd(
    'lock-unused-broken',
    'a broken lock file that nobody asks for',
    write('plugins/loaders/target-old--acme.lock', ''),
    run,
  ),
  odd(
    'lock-own-keys',
    'keys that no Meltano knows',
    wrong('"label": "Ledger",', '"label": "Ledger", "since": 2024, "maintenance_status": "active",'),
    run,
  ),
  odd(
    'lock-minimal',
    'what must be there alone',
    write(
      file,
      '{"plugin_type":"extractors","name":"tap-ledger","namespace":"tap_ledger","variant":"acme","executable":"echo"}',
    ),
    run,
  ),
  odd('lock-name-differs', 'another name inside', wrong('"name": "tap-ledger"', '"name": "tap-other"'), run),
  odd(
    'lock-without-variant',
    'no variant inside',
    [
      change(project, variant, ''),
      remove(file),
      write(
        'plugins/extractors/tap-ledger--default.lock',
        lockOf('tap-ledger', 'default').replace('  "variant": "default",\n', ''),
      ),
    ],
    run,
  ),
  odd(
    'lock-default',
    'a lock file without a variant',
    [
      change(project, variant, ''),
      remove(file),
      write('plugins/extractors/tap-ledger--default.lock', lockOf('tap-ledger', 'default')),
    ],
    run,
  ),
  odd(
    'lock-key-twice',
    'a key that stands twice',
    wrong('"label": "Ledger",', '"label": "Ledger", "label": "Again",'),
    run,
  ),
  odd('lock-not-a-number', 'NaN and Infinity', wrong('"value": 100', '"value": NaN, "max": Infinity'), run),
];
