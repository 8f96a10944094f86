import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { meltano } from './index.ts';

test('files and repositories that a project names are links; patterns, variables and tokens are not', async () => {
  const text = `include_paths: [inc/a.yml, 'inc/*.yml']
plugins:
  extractors:
  - name: tap-x
    variant: acme
    pip_url: git+https://x-token@github.com/acme/tap-x.git@v1 extra==1
    repo: https://github.com/acme/tap-x
    catalog: extract/catalog.json
    state: $STATE
  - name: tap-y
    variant: nowhere
`;
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': text,
    '/w/plugins/extractors/tap-x--acme.lock': '{ "name": "tap-x" }',
  });
  const file = platform.parsed('/w/meltano.yml')!;
  const links = meltano.links!(file, platform.facts);
  expect(links.map(({ span, target }) => [text.slice(span.start, span.end), target])).toEqual([
    ['inc/a.yml', '/w/inc/a.yml'],
    ['extract/catalog.json', '/w/extract/catalog.json'],
    ['https://github.com/acme/tap-x', 'https://github.com/acme/tap-x'],
    ['git+https://x-token@github.com/acme/tap-x.git', 'https://github.com/acme/tap-x'],
    ['acme', '/w/plugins/extractors/tap-x--acme.lock'],
  ]);
});
