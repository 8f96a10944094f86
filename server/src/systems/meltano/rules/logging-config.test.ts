import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { meltano } from '../index.ts';

const check = (fixture: string): Promise<void> => checkFindings([meltano], fixture);

test('logging-config: what dictConfig would not take', () =>
  check(`
#- /w/meltano.yml
jobs: []
#- /w/logging.yaml
version: '1'
#         ^ error meltano/logging-config: Python knows only \`version: 1\` of a logging configuration, a number; write that
formatters:
  plain: { format: '{message}' }
  #                 ^^^^^^^^^ error meltano/logging-config: the format names nothing in the style \`%\`; write as in \`%(message)s\`, or say another \`style\`
  braces: { format: '{message}', style: '{' }
  own: { (): meltano.core.logging.json_formater }
  #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error meltano/logging-config: Meltano has no \`json_formater\`; did you mean \`json_formatter\`?
handlers:
  console:
    class: logging.StreamHandlr
    #      ^^^^^^^^^^^^^^^^^^^^ error meltano/logging-config: Python has no \`logging.StreamHandlr\`; did you mean \`logging.StreamHandler\`?
    formatter: plan
    #          ^^^^ error meltano/logging-config: no formatter is named \`plan\`; did you mean \`plain\`?
    level: info
    #      ^^^^ error meltano/logging-config: \`info\` is no level; did you mean \`INFO\`?
  file:
    class: logging.FileHandler
    filname: a.log
#   ^^^^^^^ error meltano/logging-config: this handler takes no \`filname\`; did you mean \`filename\`?
  bare: { level: 10 }
# ^^^^ error meltano/logging-config: the handler \`bare\` has no \`class\`; name one, such as \`logging.StreamHandler\`
  own: { class: acme.Handler, anything: 1, stream: ext://sys.stdrr }
loggers:
  meltano: { handlers: [konsole], level: 20 }
  #                     ^^^^^^^ error meltano/logging-config: no handler is named \`konsole\`; did you mean \`console\`?
root: { handlers: [console], level: INFO }
`));

test.each([
  '',
  '# none\n',
  'version: 1\n',
  'version: 1\nincremental: true\nhandlers: { a: { level: INFO } }\n',
])('logging-config: %j is fine', (text) =>
  check(`\n#- /w/meltano.yml\njobs: []\n#- /w/logging.yaml\n${text}`),
);

test('logging-config: the file that Meltano reads, under its other ending or the name it is told', async () => {
  const faulty = async (texts: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const { platform } = await openFixture([meltano], texts);
    return [...platform.paths()].filter((path) => platform.findings(path).length > 0);
  };
  const bad = 'version: 3\n';
  expect(await faulty({ '/w/meltano.yml': 'jobs: []\n', '/w/logging.yml': bad })).toEqual(['/w/logging.yml']);
  expect(
    await faulty({
      '/w/meltano.yml': 'jobs: []\n',
      '/w/logging.yml': bad,
      '/w/logging.yaml': 'version: 1\n',
    }),
  ).toEqual([]);
  expect(
    await faulty({
      '/w/meltano.yml': 'cli: { log_config: ./conf/logs.yaml }\n',
      '/w/conf/logs.yaml': bad,
      '/w/logging.yaml': bad,
    }),
  ).toEqual(['/w/conf/logs.yaml']);
  expect(await faulty({ '/w/meltano.yml': 'jobs: []\n', '/w/logging.yaml': 'version: [\n' })).toEqual([
    '/w/logging.yaml',
  ]);
});
