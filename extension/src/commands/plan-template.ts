import type { SystemAnswer } from '../../../server/src/protocol/requests.ts';

/** A small planning document to begin with, which names the tools that are here; the day is `2026-11-29`. */
export function planTemplate(
  systems: readonly Pick<SystemAnswer, 'title' | 'projects'>[],
  today: string,
): string {
  const tools = systems.filter(({ projects }) => projects.length > 0).map(({ title }) => title);
  const checked = tools.length === 0 ? 'The configuration' : `The configuration of ${listed(tools)}`;
  return `# Plan

*Last Updated: ${today} | Review: Every second week*

## Tasks

### First Steps

| Task | Priority | Effort | Status | Dependencies |
|------|----------|--------|--------|--------------|
| Load the first source | **P0** | Medium | 📋 Planned | Access to the source |
| Build the first model | **P0** | Low | 📋 Planned | Load the first source |
| Test what is built | **P1** | Low | 📋 Planned | Build the first model |
| Run everything every day | **P1** | Medium | 📋 Planned | Test what is built |

## Success Criteria

- [ ] **${checked}** is valid
- [ ] **The data** is loaded every day

## Risks

| Risk | Impact | Probability | Mitigation |
|------|--------|-------------|------------|
| The source changes without notice | High | Medium | Tests on sources |

## Production Readiness

| Category | Status | Progress | Next Steps |
|----------|--------|----------|------------|
| **Data** | 📋 Planned | 0% | Load the first source |
| **Operations** | 📋 Planned | 0% | Run everything every day |
`;
}

function listed(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
