/** The words of a text as a person types arguments: cut at blanks outside of quotes. */
export function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/gu, (_, a?: string, b?: string) => a ?? b ?? ''),
  );
}
