import { expect, test } from 'vitest';
import fc from 'fast-check';
import { FactIndex } from '../../core/fact-index.ts';
import { withEdits } from '../../core/plan-edit.ts';
import { garbledPlan } from './fixtures/garbled-plan.ts';
import { openPlan } from './fixtures/open-plan.ts';
import { plan } from './index.ts';
import { createRepair, isGarbled, repairGarbled } from './mojibake.ts';

const garbled: readonly (readonly [name: string, text: string, repaired: string])[] = [
  ['four bytes in Windows-1254', 'ğŸ“‹ Planned', '📋 Planned'],
  ['four bytes in Windows-1252', 'ðŸ“‹ Planned', '📋 Planned'],
  ['four bytes in Latin-1', '\u00f0\u009f\u0093\u008b Planned', '📋 Planned'],
  ['three bytes', 'âœ… Ready', '✅ Ready'],
  ['a byte lost in the middle', 'ğŸ¯ Goals', '🎯 Goals'],
  ['a byte lost at the end', 'ğŸ” Blockers', '🔍 Blockers'],
  ['a lost byte replaced', 'ğŸ\uFFFD¯ Goals', '🎯 Goals'],
  ['a lost variation selector', 'âš\u00a0ï¸ Risks', '⚠\uFE0F Risks'],
  ['a cross with a byte lost', 'âŒ Not done', '❌ Not done'],
  ['too much lost to tell', 'ğŸ‚ Snow', '\uFFFD Snow'],
  ['quotation marks and a dash', 'â€œraw” â€“ itâ€™s', '“raw” – it’s'],
  ['letters beside an emoji', 'ğŸ“‹ DÃ¼zenleme Ä±', '📋 Düzenleme ı'],
  ['two runs together', 'ğŸš§ğŸ“‹', '🚧📋'],
];

for (const [name, text, repaired] of garbled) {
  test(`repairs ${name}`, () => {
    expect(createRepair(text)(text)).toBe(repaired);
  });
}

const meant = [
  'Değişiklikler: dağ, iğne, ŞÜKRÜ “Ö” ve ğ',
  'Façade à « la française »',
  'MÖ” Ü“ Ã',
  '📋 Planned, ✅ Done, ⚠️ at risk',
  'ğ',
  '',
];

for (const text of meant) {
  test(`leaves ${JSON.stringify(text)} alone`, () => {
    expect(isGarbled(text)).toBe(false);
    expect(createRepair(text)(text)).toBe(text);
  });
}

test('undoes what Windows-1252 and Windows-1254 did to any text with emoji, where no byte was lost', () => {
  const symbols = fc.constantFrom('📋', '🚧', '✅', '🚀', '📊', '🔧', '🧪', '📈', '⛔', '⬜', '🟡', '⚡');
  const document = fc.tuple(symbols, fc.stringMatching(/^[a-z |*-]*$/), symbols);
  fc.assert(
    fc.property(document, fc.constantFrom('windows-1252', 'windows-1254'), (parts, label) => {
      const text = parts.join('');
      const wrong = new TextDecoder(label).decode(new TextEncoder().encode(text));
      expect(createRepair(wrong)(wrong)).toBe(text);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('leaves ASCII and repaired text alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(repairGarbled(text)).toBe(text);
    }),
    { seed: 3 },
  );
  for (const [, , repaired] of garbled) expect(repairGarbled(repaired)).toBe(repaired);
});

test('repairs a whole document on request, and nothing but its garbled signs', () => {
  const file = openPlan(`${garbledPlan}\nÃ¼ber 5 â‚¬\r\n`);
  const request = {
    span: { start: 3, end: 3 },
    findings: [],
    facts: new FactIndex(),
    parsed: () => undefined,
  };
  const [action] = plan.actions!(file, request);
  const repaired = withEdits(file.source.text, action!.edits);
  expect(action!.title).toMatch(/^Repair \d+ garbled signs of this document$/);
  expect(repaired).toMatch(/^# 🎯 Outstanding Work/);
  expect(repaired).toContain('| ✅ Ready | 95% |');
  expect(repaired).toMatch(/\nüber 5 €\r\n$/);
  expect(isGarbled(repaired)).toBe(false);
  const at = file.source.text.indexOf('**Timeline**');
  expect(plan.actions!(file, { ...request, span: { start: at, end: at } })).toEqual([]);
});
