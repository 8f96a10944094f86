import { expect, test } from 'vitest';
import { panelHtml } from './panel-html.ts';

const html = panelHtml({
  title: 'Run <b>',
  cspSource: 'https://files.example',
  nonce: 'abc',
  script: 'https://files.example/run.js?a&b',
  styles: ['https://files.example/run.css'],
});

test('the policy lets in the one script and the local styles, fonts and pictures, nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
  expect(policy?.split('; ')).toEqual([
    `default-src 'none'`,
    `script-src 'nonce-abc'`,
    `style-src https://files.example 'nonce-abc'`,
    `font-src https://files.example`,
    `img-src https://files.example data:`,
  ]);
});

test('nothing is inline, and what is put in is escaped', () => {
  expect(html.match(/<script[^>]*>[^<]/)).toBeNull();
  expect(html).not.toMatch(/<style|style=/);
  expect(html).toContain('<title>Run &lt;b&gt;</title>');
  expect(html).toContain('src="https://files.example/run.js?a&amp;b"');
});
