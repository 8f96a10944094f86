import type { Span } from '../../../core/span.ts';
import type { Suggestion } from '../../../core/system.ts';
import type { Column } from './known-columns.ts';

/** A column as it is written in SQL, behind `prefix` where its name alone does not say which is meant. */
export function suggestColumn({ name, type, about, of }: Column, span: Span, prefix = ''): Suggestion {
  const detail = [type, of === undefined ? 'column' : `column of ${of}`].filter((each) => each).join(' · ');
  const isPlain = /^[A-Za-z_]\w*$/.test(name);
  return {
    label: prefix + name,
    kind: 'name',
    detail,
    span,
    ...(isPlain ? {} : { insertText: `${prefix}"${name.replaceAll('"', '""')}"` }),
    ...(about === undefined ? {} : { documentation: about }),
  };
}
