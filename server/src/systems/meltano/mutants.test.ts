import { expect, test } from 'vitest';
import { base } from '../../../../test/agreement/meltano/base.ts';
import { mutantsOf } from '../../../../test/agreement/mutants.ts';
import { openFixture } from '../../../../test/support/check.ts';
import { complete } from '../../language/complete.ts';
import { hover } from '../../language/hover.ts';
import { outline } from '../../language/symbols.ts';
import { env } from '../env/index.ts';
import { meltano } from './index.ts';

test.each(['3.9.5', '4.4.1'])('no mutant of a file stops the analysis for Meltano %s', async (version) => {
  for (const { file, files } of mutantsOf(base, { count: 150, seed: version.length + Number(version[0]) })) {
    const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
    // A rule that throws rejects here, and what hangs never comes back.
    const { platform } = await openFixture([meltano, env], texts, ['/w'], { version, source: 'the test' });
    for (const path of platform.paths()) expect(platform.findings(path)).toBeInstanceOf(Array);
    const path = `/w/${file}`;
    if (!platform.has(path)) continue;
    for (let offset = 0; offset <= texts[path]!.length; offset += 97) {
      complete(platform, path, offset);
      hover(platform, path, offset);
    }
    outline(platform, path);
    platform.steps();
    expect(platform.secrets()).toBeDefined();
  }
});
