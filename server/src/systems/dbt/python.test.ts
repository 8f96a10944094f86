import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { dbt } from './index.ts';

async function findingsOf(text: string): Promise<readonly string[]> {
  const { platform } = await openFixture([dbt], {
    '/w/dbt_project.yml': 'name: shop\n',
    '/w/models/stg.sql': 'select 1',
    '/w/models/sources.yml': 'sources:\n  - name: raw\n    tables:\n      - name: t\n',
    '/w/models/scored.py': text,
  });
  const source = platform.source('/w/models/scored.py')!;
  return platform
    .findings('/w/models/scored.py')
    .map(({ code, severity, span, message }) => `${severity} ${code} ${source.slice(span)}: ${message}`);
}

const body = (line: string): string => `def model(dbt, session):\n    ${line}\n    return dbt.ref("stg")\n`;

/** Each tried with dbt 1.12.0. */
const accepted: readonly (readonly [name: string, text: string])[] = [
  ['a plain model', body('pass')],
  ['an empty file', '# nothing\n'],
  [
    'types, defaults and a long signature',
    'def model(\n    dbt,\n    session: Session,\n) -> "DataFrame":\n    return dbt.source("raw", "t")\n',
  ],
  [
    'literals of all kinds',
    body(
      'dbt.config(materialized="table", tags=["a", \'b\'], meta={"x": (1, -2.5, None), "y": r"z"}, enabled=True)',
    ),
  ],
  [
    'a model inside another function',
    'def outer():\n    def model(dbt, session):\n        return 1\n\ndef model(dbt, session):\n    return dbt.ref("stg")\n',
  ],
  [
    'lines that go on, strings of several lines, statements on one line',
    body(
      'x = (1 +\n2)\n    y = 1 + \\\n          2\n    """a\n  b"""\n    if y: x = 1\n    else:\n        """c"""\n        x = 2',
    ),
  ],
  ['a dictionary of dictionaries', body('x = {"a": {"b": 1}}')],
  [
    'functions beside it',
    'import os\n\nclass A:\n    def b(self):\n        pass\n\ndef helper(x):\n    return x, x\n\ndef model(dbt, session):\n    """Says\n    def model(\n    """\n    for x in [1]:\n        pass\n    return helper(\n        dbt.ref("stg")\n    )\n',
  ],
  ['a call of the frame that ends in brackets', 'def model(dbt, session):\n    return (a) + (b[1, 2])\n'],
  ['config.get', body('x = dbt.config.get("a", 1)')],
  ['what dbt does not evaluate', body('x = dbt.is_incremental; y = session.table(f"{dbt.this}")')],
];

test.each(accepted)('%s is left alone', async (_name, text) => {
  expect(await findingsOf(text)).toEqual([]);
});

const python = 'error dbt/invalid-python-model';

const refused: readonly (readonly [name: string, text: string, finding: string])[] = [
  [
    'a line that is indented for nothing',
    body('x = 1\n      y = 2'),
    `${python} y: this line is indented differently from the lines around it, which Python refuses; align it`,
  ],
  [
    'a line that goes back to where none was',
    body('if dbt:\n        x = 1\n      y = 2'),
    `${python} y: this line is indented differently from the lines around it, which Python refuses; align it`,
  ],
  [
    'a view',
    body("dbt.config(materialized='view')"),
    'error dbt/invalid-value view: a Python model cannot be a view; materialize it as `table` or `incremental`',
  ],
  [
    'two models',
    `${body('pass')}\n${body('pass')}`,
    `${python} model: a Python model has exactly one function \`model\`; rename or remove the others`,
  ],
  [
    'no model',
    'def modl(dbt, session):\n    return 1\n',
    `${python} def modl(dbt, session):: a Python model needs one function \`model(dbt, session)\`; write it`,
  ],
  [
    'an asynchronous model',
    'async def model(dbt, session):\n    return 1\n',
    `${python} async def model(dbt, session):: a Python model needs one function \`model(dbt, session)\`; write it`,
  ],
  [
    'a method called model',
    `class A:\n    def model(self, x):\n        return 1\n\n${body('pass')}`,
    `${python} model: a Python model has exactly one function \`model\`; rename or remove the others`,
  ],
  [
    'another first parameter',
    'def model(db, session):\n    return 1\n',
    `${python} db: the first parameter of \`model\` must be called \`dbt\`, not \`db\`; rename it`,
  ],
  [
    'one parameter',
    'def model(dbt):\n    return 1\n',
    `${python} model: \`model\` takes two parameters, \`dbt\` and the session, not 1; correct them`,
  ],
  [
    'no return',
    'def model(dbt, session):\n    x = 1\n',
    `${python} model: \`model\` must end with \`return\` and its data frame; add it as the last statement`,
  ],
  [
    'returns in branches alone',
    'def model(dbt, session):\n    if 1:\n        return 1\n    else:\n        return 2\n',
    `${python} model: \`model\` must end with \`return\` and its data frame; add it as the last statement`,
  ],
  [
    'a byte order mark',
    '\ufeffdef model(dbt, session):\n    return 1\n',
    `${python} \ufeff: the file begins with a byte order mark, which dbt v1 refuses in Python; save it as UTF-8 without one`,
  ],
  [
    'two frames',
    'def model(dbt, session):\n    return a, b\n',
    `${python} a, b: \`model\` must return one data frame, not several; return one of them`,
  ],
  [
    'a computed name',
    body('x = dbt.ref(name)'),
    `${python} name: dbt does not run the file, so what \`dbt.ref()\` is given must be written out; write a literal`,
  ],
  [
    'an f-string',
    body('x = dbt.ref(f"stg_{y}")'),
    `${python} f"stg_{y}": dbt does not run the file, so what \`dbt.ref()\` is given must be written out; write a literal`,
  ],
  [
    'a computed setting',
    body('dbt.config(materialized=T)'),
    `${python} T: dbt does not run the file, so what \`dbt.config()\` is given must be written out; write a literal`,
  ],
  [
    'Jinja',
    body("x = '{{ a }}'"),
    `${python} {{: dbt v1 takes \`{{\` for Jinja and refuses it in Python, also in strings and comments; write it apart`,
  ],
  [
    'Jinja in a comment',
    body('pass  # {% if %}'),
    `${python} {%: dbt v1 takes \`{%\` for Jinja and refuses it in Python, also in strings and comments; write it apart`,
  ],
  [
    'a bracket that is not closed',
    'def model(dbt, session):\n    return dbt.ref("stg"\n',
    `${python} (: \`(\` is never closed; add \`)\``,
  ],
  [
    'too many names',
    body('x = dbt.ref("a", "b", "c")'),
    'error dbt/wrong-arguments ref: `ref()` takes a model, or a package and a model, and 3 are given; correct the arguments',
  ],
  [
    'half a source',
    body('x = dbt.source("raw")'),
    'error dbt/wrong-arguments source: `source()` takes a source and a table, and 1 is given; correct the arguments',
  ],
  [
    'both kinds of settings',
    body('dbt.config({"tags": "a"}, enabled=True)'),
    'error dbt/wrong-arguments config: `config()` takes either keywords or one mapping, not both; write them all as keywords',
  ],
  [
    'no name of a setting',
    body('dbt.config.get()'),
    'error dbt/wrong-arguments get: `config.get()` needs the name of a setting; give it',
  ],
  [
    'a version that is not there',
    body('x = dbt.ref("stg", v=1)'),
    'error dbt/undefined-version 1: model `stg` has no version `1`; correct it or declare the version under `versions:`',
  ],
  [
    'a wrong setting',
    body('dbt.config(enabled="maybe")'),
    'error dbt/wrong-type maybe: `enabled` must be true or false, not a string; remove the quotes if it is one',
  ],
  [
    'an unknown setting',
    body('dbt.config(packges=["x"])'),
    'warning dbt/unknown-key packges: dbt passes over the unknown key `packges`; did you mean `packages`?',
  ],
];

test.each(refused)('%s', async (_name, text, finding) => {
  expect(await findingsOf(text)).toEqual([finding]);
});
