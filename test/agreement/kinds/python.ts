import { change, defect, type Kind, mark, odd, write } from '../kind.ts';

const file = 'models/extra.py';
const body = (line: string): string =>
  `def model(dbt, session):\n    dbt.config(materialized="table")\n    ${line}\n    return session.sql("select 1")\n`;

/** Python models. */
export const pythonKinds: readonly Kind[] = [
  defect(
    'python-no-model',
    'a file without a model',
    write(file, `${mark}def other(dbt, session):\n    return None\n`),
  ),
  defect(
    'python-two-models',
    'a file with two models',
    write(
      file,
      `def model(dbt, session):\n    return None\n\n\ndef model(dbt, session):${mark}\n    return None\n`,
    ),
  ),
  defect(
    'python-batch-size',
    'an unknown size of batches',
    write(
      file,
      `def model(dbt, session):\n    dbt.config(batch_size="week")${mark}\n    return session.sql("select 1")\n`,
    ),
  ),
  defect(
    'python-one-argument',
    'a model of one argument',
    write(file, `def model(dbt):${mark}\n    return None\n`),
  ),
  defect(
    'python-argument-name',
    'a model whose first argument is not dbt',
    write(file, `def model(d, session):${mark}\n    return None\n`),
  ),
  defect(
    'python-syntax',
    'a file that is no Python',
    write(file, `def model(dbt, session)${mark}\n    return None\n`),
  ),
  defect(
    'python-bracket',
    'a bracket that is not closed',
    write(file, `def model(dbt, session):\n    x = dbt.ref("orders"${mark}\n    return x\n`),
  ),
  defect(
    'python-indent',
    'a line that is indented wrongly',
    write(file, `def model(dbt, session):\n    x = 1\n      y = 2${mark}\n    return x\n`),
  ),
  defect('python-ref-unknown', 'a ref to no model', write(file, body(`x = dbt.ref("oders")${mark}`))),
  defect(
    'python-source-unknown',
    'a source that does not exist',
    write(file, body(`x = dbt.source("raw", "oders")${mark}`)),
  ),
  defect(
    'python-ref-computed',
    'a ref whose name is put together',
    write(file, body(`x = dbt.ref("stg" + "_orders")${mark}`)),
  ),
  defect(
    'python-ref-variable',
    'a ref to what a variable holds',
    write(file, body(`x = dbt.ref(session)${mark}`)),
  ),
  defect('python-source-one', 'a source without a table', write(file, body(`x = dbt.source("raw")${mark}`))),
  defect(
    'python-config-variable',
    'a config that a variable holds',
    write(
      file,
      `def model(dbt, session):\n    kind = "table"\n    dbt.config(materialized=kind)${mark}\n    return None\n`,
    ),
  ),
  defect('python-jinja', 'Jinja in Python', write(file, body(`x = "{{ ref('orders') }}"${mark}`))),
  defect(
    'python-no-return',
    'a model that returns nothing',
    write(file, `def model(dbt, session):${mark}\n    x = 1\n`),
  ),
  defect(
    'python-two-returns',
    'a model that returns a pair',
    write(file, `def model(dbt, session):${mark}\n    return 1, 2${mark}\n`),
  ),
  defect('python-empty', 'an empty file', write(file, mark)),
  defect(
    'python-same-name',
    'a model in SQL and in Python',
    write('models/price_list.py', `${mark}def model(dbt, session):\n    return session.sql("select 1")\n`),
  ),
  defect(
    'python-materialized',
    'a Python model that is a view',
    change('models/marts/forecast.py', 'materialized="table"', `materialized="view"${mark}`),
    { found: 'run', select: 'forecast' },
  ),
  odd(
    'python-get-config',
    'configuration that is asked for',
    write(file, body('x = dbt.config.get("batch_size"); y = dbt.this')),
  ),
  odd(
    'python-ref-version',
    'a ref to a version',
    write(file, body('x = dbt.ref("prices", v=1); y = dbt.ref("shared", "calendar")')),
  ),
  odd(
    'python-functions',
    'functions beside the model, decorators, types',
    write(
      file,
      'import math\nfrom typing import Any\n\n\ndef half(x: float) -> float:\n    return x / 2\n\n\ndef model(dbt: Any, session) -> Any:\n    """Not {a} template."""\n    dbt.config(materialized="incremental", tags=["a", "b"], meta={"a": 1})\n    frame = session.sql(f"select {math.pi}")\n    return frame\n',
    ),
  ),
  odd(
    'python-comment-ref',
    'a ref to no model in a comment',
    write(file, body('# dbt.ref("oders")\n    pass')),
  ),
  odd(
    'python-two-returns-branches',
    'a return in two branches',
    write(
      file,
      'def model(dbt, session):\n    if dbt.is_incremental:\n        return session.sql("select 1")\n    return session.sql("select 2")\n',
    ),
  ),
];
