import type { FactReader } from './fact-index.ts';
import type { KnownThings } from './plan-links.ts';
import { allServices, type Service } from './services.ts';
import { allOf } from './vocabulary.ts';

/** What a platform has that dependencies of a plan may be about. */
export function knownThings(
  facts: FactReader,
  systems: readonly { readonly id: string; readonly title: string }[],
): KnownThings {
  const here = new Set(allOf(facts, 'tool').map(({ data }) => data.system));
  const checks = [...facts.all('check')].map(({ name, data }) => ({ id: name, title: data?.['title'] }));
  return {
    services: allServices(facts).map((service) => ({ name: service.name, words: wordsOf(service) })),
    systems: systems.filter(({ id }) => here.has(id)).map(({ id, title }) => ({ id, title })),
    checks,
  };
}

/** `postgres` of `docker.io/library/postgres:16`; servers that have two names are known by both. */
function wordsOf({ name, image, containerName }: Service): readonly string[] {
  const repository = image?.replace(/[@:][^/]*$/, '').replace(/^.*\//, '');
  const words = [name, repository, containerName].filter((word) => word !== undefined);
  const others = words.some((word) => /^postgres(?:ql)?$/.test(word)) ? ['postgres', 'postgresql'] : [];
  return [...new Set([...words, ...others])];
}
