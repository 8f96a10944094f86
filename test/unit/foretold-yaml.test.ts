import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceFile } from '../../server/src/core/source-file.ts';
import { stripText } from '../../server/src/core/yaml/text-scan.ts';
import { readYamlEvents, type YamlEvents } from '../../server/src/core/yaml/yaml-events.ts';
import { foretellYaml, readYamlFile } from '../../server/src/core/yaml/yaml-file.ts';
import { maxDepth, type YamlOptions } from '../../server/src/core/yaml/yaml-options.ts';
import { systems } from '../../server/src/systems/index.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { look, start } from '../support/worlds.ts';
import { junk, sound } from '../support/yaml-texts.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function eventsOf(text: string): YamlEvents | undefined {
  try {
    return readYamlEvents(stripText(text), maxDepth);
  } catch {
    return undefined;
  }
}

/** Files of which is told what js-yaml says of them, as a thread tells that reads ahead. */
class ForetellingFiles extends MemoryFiles {
  foretold = 0;

  override read(path: string): ReturnType<MemoryFiles['read']> {
    const read = super.read(path);
    const yaml = read.kind === 'text' && /\.ya?ml$/.test(path) ? eventsOf(read.text) : undefined;
    if (yaml === undefined || read.kind !== 'text') return read;
    this.foretold++;
    return { ...read, yaml };
  }
}

test('the example platform is the same where it is foretold what its YAML says', async () => {
  const platform = join(root, 'examples', 'platform');
  const files = readdirSync(platform, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/node_modules|\.venv|target|dbt_packages/.test(entry.parentPath),
  );
  const texts = Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [`/w${path.slice(platform.length)}`, readFileSync(path, 'utf8')];
    }),
  );
  const environment = new Set<string>();
  const foretelling = new ForetellingFiles(texts);
  const foretold = await start({ files: foretelling, environment, systems });
  const plain = await start({ files: new MemoryFiles(texts), environment, systems });
  expect(look(foretold)).toEqual(look(plain));
  expect(foretelling.foretold).toBeGreaterThan(10);
});

test.each<YamlOptions>([
  { version: '1.1', duplicateKeys: 'last', strip: true },
  { version: '1.2', duplicateKeys: 'refuse' },
])('a file is read as ever where it is foretold what its YAML says (%j)', (options) => {
  const torn = fc
    .tuple(sound, fc.nat(), fc.nat({ max: 6 }), junk, fc.constantFrom('', '  ', '\n\n', '\ufeff'))
    .map(([text, where, gone, put, around]) => {
      const at = where % (text.length + 1);
      return around + text.slice(0, at) + put + text.slice(at + gone) + around;
    });
  let foretold = 0;
  fc.assert(
    fc.property(fc.oneof(sound, torn), (text) => {
      const events = eventsOf(text);
      const source = new SourceFile('/w/a.yml', text);
      if (events) {
        foretold++;
        foretellYaml(source, events);
      }
      expect(readYamlFile(source, options)).toEqual(readYamlFile(new SourceFile('/w/a.yml', text), options));
    }),
    { numRuns: 1500 },
  );
  expect(foretold).toBeGreaterThan(500);
});

test('what was foretold of a text is not held against the next one', () => {
  const options: YamlOptions = { version: '1.1', duplicateKeys: 'last', strip: true };
  const before = new SourceFile('/w/a.yml', 'a: 1\n');
  foretellYaml(before, eventsOf('a: 1')!);
  const after = new SourceFile('/w/a.yml', 'b: [2]\n', before);
  expect(readYamlFile(after, options)).toEqual(readYamlFile(new SourceFile('/w/a.yml', 'b: [2]\n'), options));
});
