/**
 * Meltano keeps the catalog that it once got of an extractor, until the extractor's configuration changes. One that was
 * made while a file was not there yet knows no columns of it, and every later load fails for the lack of them.
 */

/** The columns of a stream that an extractor read and its catalog does not know, as the Singer SDK says it. */
export function unknownColumns(
  said: string,
): { readonly stream: string; readonly columns: readonly string[] } | undefined {
  const [, list, stream] =
    /^Properties \((.+)\) were present in the '([^']+)' stream but not found in catalog schema/u.exec(said) ??
    [];
  if (list === undefined || stream === undefined) return undefined;
  return { stream, columns: Array.from(list.matchAll(/'([^']+)'/gu), ([, column]) => column!) };
}

/** What to do about a failure that is about such a column; of all others the catalog may be innocent. */
export function whyStale(
  failure: string,
  unknown: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  for (const [stream, columns] of unknown) {
    const column = isNamed(failure, stream) ? columns.find((each) => isNamed(failure, each)) : undefined;
    if (column !== undefined)
      return `The catalog that Meltano keeps does not know \`${column}\` of \`${stream}\`: run it once with the parameter \`refresh-catalog\``;
  }
  return undefined;
}

function isNamed(text: string, name: string): boolean {
  return ['"', "'", '`'].some((quote) => text.toLowerCase().includes(quote + name.toLowerCase() + quote));
}
