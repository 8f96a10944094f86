import { expect, test } from 'vitest';
import { diagnosticsReport, type DiagnosticsFacts } from './diagnostics-report.ts';

const secret = 'acme-secret';

const facts: DiagnosticsFacts = {
  versions: { penstock: '0.1.0', 'VS Code': '1.101.0' },
  folders: 1,
  isTrusted: true,
  server: 'running',
  settings: {
    server: {
      severity: { 'dbt/*': 'warning' },
      exclude: [`${secret}/**`],
      python: { environments: [`/home/${secret}`] },
      readiness: { allowHosts: [`${secret}.internal`] },
    },
    codeLens: true,
    notifications: 'failures',
    sqlCompletion: 'auto',
    run: { maxParallel: 4, where: 'auto', history: { keep: 50 } },
  },
  plans: [],
  systems: [
    {
      id: 'dbt',
      title: 'dbt',
      icon: 'database',
      projects: [
        {
          name: secret,
          uri: `file:///${secret}`,
          openUri: `file:///${secret}`,
          version: '1.12.0',
          findings: { error: 1, warning: 2, information: 0, hint: 0 },
          files: 9,
          silent: [`package ${secret} is not installed`],
        },
      ],
    },
  ],
  steps: [
    {
      id: `dbt:model/${secret}`,
      title: secret,
      detail: secret,
      system: 'dbt',
      systemTitle: 'dbt',
      icon: 'x',
      kind: 'model',
      projectUri: `file:///${secret}`,
      folderUri: `file:///${secret}`,
    },
  ],
  runs: [{ status: 'failed' }, { status: 'failed' }],
  neighbours: ['redhat.vscode-yaml 1.25.0'],
};

test('says versions, settings and numbers', () => {
  const report = diagnosticsReport(facts);
  for (const line of [
    '- penstock: 0.1.0',
    '- dbt: version 1.12.0, 9 files, findings 1/2/0/0, 1 silences',
    '- severity: {"dbt/*":"warning"}',
    '- model: 1',
    '- failed: 2',
    '- neighbours: redhat.vscode-yaml 1.25.0',
  ]) {
    expect(report).toContain(line);
  }
});

test('says no name, path or content of the workspace', () => {
  expect(diagnosticsReport(facts)).not.toContain(secret);
});
