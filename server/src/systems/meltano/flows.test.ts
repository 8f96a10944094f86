import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { withoutImplied } from '../../language/graph-part.ts';
import { platformGraph, type PlatformGraph } from '../../language/platform-graph.ts';
import { meltano } from './index.ts';

const plugins = `plugins:
  extractors: [{ name: tap, namespace: tap, pip_url: tap }]
  mappers: [{ name: mapper, namespace: mapper, pip_url: mapper, mappings: [{ name: hide, config: {} }] }]
  loaders: [{ name: target, namespace: target, pip_url: target }]
jobs:
`;

async function edgesOf(jobs: string, drawn = (graph: PlatformGraph) => graph): Promise<readonly string[]> {
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': plugins + jobs });
  const { nodes, edges } = drawn(platformGraph(platform));
  return edges.map(({ from, to }) => `${nodes[from]!.label} → ${nodes[to]!.label}`).sort();
}

test('a job leads to the mapper whose mapping it names, whatever stands behind a colon', async () => {
  const expected = ['mapped → mapper', 'mapped → tap', 'mapped → target', 'mapper → target', 'tap → mapper'];
  for (const block of ['hide', 'hide:all'])
    expect(await edgesOf(`- { name: mapped, tasks: [tap ${block} target] }\n`)).toEqual(expected);
});

test('a picture tells which of two jobs runs the mapper', async () => {
  const mapped = '- { name: mapped, tasks: [tap hide target] }\n';
  const plain = '- { name: plain, tasks: [tap target] }\n';
  const flows = ['mapped → tap', 'mapper → target', 'tap → mapper'];
  expect(await edgesOf(mapped, withoutImplied)).toEqual(flows);
  expect(await edgesOf(mapped + plain, withoutImplied)).toEqual(
    [...flows, 'mapped → mapper', 'plain → tap', 'tap → target'].sort(),
  );
});
