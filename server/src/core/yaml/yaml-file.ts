import type { SourceFile } from '../source-file.ts';
import { readText, stripText, type TextReading, type YamlResult } from './parse-yaml.ts';
import { changeBetween } from '../text-change.ts';
import { reread, type SoundText } from './reread.ts';
import type { YamlOptions } from './yaml-options.ts';

/**
 * As `parseYaml`, of a file: read once however many ask, and after an edit only as far as it differs from its former
 * version, whose tree then is no longer to be used. `options` are told apart by identity.
 */
export function readYamlFile(source: SourceFile, options: YamlOptions): YamlResult {
  return source.kept(options, () => new YamlFile(options)).read(source);
}

class YamlFile {
  readonly #options: YamlOptions;
  #text: string | undefined;
  #reading: TextReading | undefined;

  constructor(options: YamlOptions) {
    this.#options = options;
  }

  read(source: SourceFile): YamlResult {
    const text = this.#options.strip === true ? stripText(source.text) : source.text;
    if (this.#reading === undefined || this.#text !== text) this.#reading = this.#goOn(source, text);
    this.#text = text;
    return this.#reading.result;
  }

  #goOn(source: SourceFile, text: string): TextReading {
    const before = this.#reading?.sound;
    const sound = before && this.#reread(before, source, text);
    if (!sound) return readText(text, this.#options);
    const { tree, problems, anchors } = sound;
    return { result: { tree, problems, hasAliases: anchors.size > 0 }, sound };
  }

  #reread(before: SoundText, source: SourceFile, text: string): SoundText | undefined {
    const change = text === source.text ? source.changeFrom(before.text) : changeBetween(before.text, text);
    return reread(before, text, { change, options: this.#options });
  }
}
