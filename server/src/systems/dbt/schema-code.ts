/** The code for what a schema minds, by JSON Schema's keyword. */
export function schemaCode(keyword: string): string {
  if (keyword === 'additionalProperties') return 'dbt/unknown-key';
  if (keyword === 'required') return 'dbt/missing-key';
  return keyword === 'type' || keyword === 'anyOf' || keyword === 'oneOf'
    ? 'dbt/wrong-type'
    : 'dbt/invalid-value';
}
