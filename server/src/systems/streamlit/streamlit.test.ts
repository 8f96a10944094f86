import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { connectCalls } from './connect-calls.ts';
import { streamlit } from './index.ts';
import { readTomlTexts } from '../../core/toml-texts.ts';

test('texts of a TOML file are told with their tables and places; the rest is passed over', () => {
  const text = `top = "a" # not this: b = "c"
[connections."my db"] # here
url = "duckdb:///x.duckdb"
'user' = 'it "is"'
number = 1
list = ["one = \\"two\\""]
long = """
url = "not this"
"""
path = "C:\\\\data"\r
[[many]]
a.b = 'c'
broken = "open
`;
  const found = readTomlTexts(text);
  expect(found.map(({ keys, text: value }) => [keys.join('/'), value])).toEqual([
    ['top', 'a'],
    ['connections/my db/url', 'duckdb:///x.duckdb'],
    ['connections/my db/user', 'it "is"'],
    ['connections/my db/path', 'C:\\data'],
    ['many/a/b', 'c'],
  ]);
  expect(found.slice(0, 3).map(({ span }) => text.slice(span.start, span.end))).toEqual([
    'a',
    'duckdb:///x.duckdb',
    'it "is"',
  ]);
});

test.each([
  ['duckdb.connect("a.duckdb")', ['a.duckdb']],
  ["duckdb.connect(database='a.duckdb', read_only=True)", ['a.duckdb read']],
  ['duckdb.connect(\n    "a.duckdb",\n    read_only = True,\n)', ['a.duckdb read']],
  ['duckdb.connect()\nduckdb.connect(":memory:")\nduckdb.connect("md:shop")', []],
  ['duckdb.connect(path)\nduckdb.connect(f"a.duckdb")\nduckdb.connect("a" + b)', []],
  ['# duckdb.connect("a")\nx = """\nduckdb.connect("a")\n"""\ny = "#"; duckdb.connect("b")', ['b']],
])('the files that %j opens', (code, expected) => {
  const found = connectCalls(code);
  expect(found.map(({ path, isReadOnly }) => path + (isReadOnly ? ' read' : ''))).toEqual(expected);
  for (const { path, span } of found) expect(code.slice(span.start, span.end)).toBe(path);
});

test('an app is told by what it imports, and what secrets.toml sets is secret', async () => {
  const { platform } = await openFixture([streamlit], {
    '/w/app/main.py': 'import os\nimport streamlit as st\n',
    '/w/app/tool.py': '# import streamlit\nimport os\n',
    '/w/.streamlit/secrets.toml': 'token = "hunter22"\n[connections.w]\nurl = "duckdb:///w.duckdb"\n',
  });
  expect([...platform.paths()].sort()).toEqual(['/w/.streamlit/secrets.toml', '/w/app/main.py']);
  expect(platform.secrets()).toEqual(['hunter22']);
  expect([...platform.facts.all('duckdb.file')].map(({ name }) => name)).toEqual(['/w/w.duckdb']);
});

test('an app is a step; its pages and what it imports are none', async () => {
  const { platform } = await openFixture([streamlit], {
    '/w/ui/app.py': "import streamlit as st\n\nst.title('Shop')\n",
    '/w/ui/pages/more.py': "import streamlit as st\n\nst.title('More')\n",
    '/w/ui/dash.py':
      'import streamlit as st\n\ndef main():\n    st.title("Shop")\n\nif __name__ == "__main__":\n    main()\n',
    '/w/ui/parts.py': 'import streamlit as st\n\ndef show():\n    st.write(1)\n',
  });
  const [step, dash, ...others] = platform.steps();
  expect(dash?.id).toBe('streamlit:run/ui/dash.py');
  expect(others).toEqual([]);
  expect(step).toMatchObject({ id: 'streamlit:run/ui/app.py', project: '/w/ui', verb: 'Start App' });
  expect(step).toMatchObject({ work: { serves: true } });
  const around = { projects: platform.projects(), facts: platform.facts };
  const given = new Map([
    ['port', '8600'],
    ['arguments', '--day today'],
  ]);
  expect(platform.stepList.withOptions(step!, given, around)).toMatchObject({
    work: {
      args: [
        'run',
        'app.py',
        '--server.headless=true',
        '--browser.gatherUsageStats=false',
        '--server.port=8600',
        '--',
        '--day',
        'today',
      ],
    },
  });
});
