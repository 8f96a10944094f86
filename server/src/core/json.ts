/** An object as JSON has it: anybody may have written its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a text in JSON says; undefined for a text that is none, which no JSON says. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object that a text in JSON says; undefined for a text that says anything else. */
export function objectIn(text: string): JsonObject | undefined {
  return objectOf(parseJson(text));
}

/** The same of a text that Python may have written, whose JSON has numbers that no other one has; here they are null. */
export function objectInPython(text: string): JsonObject | undefined {
  return (
    objectIn(text) ??
    objectIn(
      text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g, (word) =>
        word.startsWith('"') ? word : 'null',
      ),
    )
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
