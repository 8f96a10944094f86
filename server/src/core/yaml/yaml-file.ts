import type { SourceFile } from '../source-file.ts';
import { readText, type TextReading, type YamlResult } from './parse-yaml.ts';
import { changeBetween } from '../text-change.ts';
import { reread, type SoundText } from './reread.ts';
import { stripText } from './text-scan.ts';
import type { YamlEvents } from './yaml-events.ts';
import type { YamlOptions } from './yaml-options.ts';

/**
 * As `parseYaml`, of a file: read once however many ask, and after an edit only as far as it differs from its former
 * version, whose tree then is no longer to be used. `options` are told apart by identity.
 */
export function readYamlFile(source: SourceFile, options: YamlOptions): YamlResult {
  return source.kept(options, () => new YamlFile(options)).read(source);
}

/** What js-yaml says of a file's text, where that was found out before anybody asked. */
interface Foretold {
  /** Without its outer white space. */
  readonly text: string;
  readonly events: YamlEvents;
}

/** Has a file read from what js-yaml says of its text without the outer white space. */
export function foretellYaml(source: SourceFile, events: YamlEvents): void {
  source.kept<Foretold>(foretellYaml, () => ({ text: stripText(source.text), events }));
}

function foretold(source: SourceFile, text: string): YamlEvents | undefined {
  const known = source.kept<Foretold | undefined>(foretellYaml, () => undefined);
  return known?.text === text ? known.events : undefined;
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
    if (!sound) return readText(text, this.#options, foretold(source, text));
    const { tree, problems, anchors } = sound;
    return { result: { tree, problems, hasAliases: anchors.size > 0 }, sound };
  }

  #reread(before: SoundText, source: SourceFile, text: string): SoundText | undefined {
    const change = text === source.text ? source.changeFrom(before.text) : changeBetween(before.text, text);
    return reread(before, text, { change, options: this.#options });
  }
}
