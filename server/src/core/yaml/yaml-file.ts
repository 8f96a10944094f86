import type { SourceFile } from '../source-file.ts';
import { readText, stripText, type TextReading, type YamlResult } from './parse-yaml.ts';
import { reread } from './reread.ts';
import type { YamlOptions } from './yaml-options.ts';

/**
 * As `parseYaml`, of a file: read once however many ask, and after an edit only as far as it differs from its former
 * version, whose tree then is no longer to be used. `options` are told apart by identity.
 */
export function readYamlFile(source: SourceFile, options: YamlOptions): YamlResult {
  return source.kept(options, () => new YamlFile(options)).read(source.text);
}

class YamlFile {
  readonly #options: YamlOptions;
  #text: string | undefined;
  #reading: TextReading | undefined;

  constructor(options: YamlOptions) {
    this.#options = options;
  }

  read(written: string): YamlResult {
    const text = this.#options.strip === true ? stripText(written) : written;
    if (this.#reading === undefined || this.#text !== text) this.#reading = this.#goOn(text);
    this.#text = text;
    return this.#reading.result;
  }

  #goOn(text: string): TextReading {
    const before = this.#reading?.sound;
    const sound = before && reread(before, text, this.#options);
    if (!sound) return readText(text, this.#options);
    const { tree, problems, anchors } = sound;
    return { result: { tree, problems, hasAliases: anchors.size > 0 }, sound };
  }
}
