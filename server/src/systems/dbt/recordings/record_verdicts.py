"""Asks dbt itself what it says of each case of verdicts.json, and writes that there.

Run it with the Python that has dbt-core 1.12.0 and dbt-duckdb, from the project's root:

    python server/src/systems/dbt/recordings/record_verdicts.py
"""

import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FILE = pathlib.Path(__file__).with_name("verdicts.json")
BATCH = 40


def say(case, base):
    """Parses one case in a folder of its own; `refused` with dbt's words, `warned` or `accepted`."""
    from dbt.cli.main import dbtRunner

    warned = []

    def listen(event):
        if event.info.level == "warn" and event.info.name not in ("DeprecationsSummary", "FoundStats"):
            warned.append(event.info.name)

    with tempfile.TemporaryDirectory() as folder:
        for path, text in {**base, **case["files"]}.items():
            target = pathlib.Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        before = os.getcwd()
        os.chdir(folder)
        out, sys.stdout = sys.stdout, io.StringIO()
        try:
            result = dbtRunner(callbacks=[listen]).invoke(["parse", "--no-partial-parse", "--quiet"])
        finally:
            sys.stdout = out
            os.chdir(before)
        if result.success:
            return {"verdict": "warned", "says": sorted(set(warned))} if warned else {"verdict": "accepted"}
        words = re.sub(r"\s+", " ", str(result.exception).replace(os.path.realpath(folder), "").replace(folder, ""))
        words = re.sub(r"modification_time=[\d.]+", "modification_time=0", words)
        return {"verdict": "refused", "says": [words.strip()[:160]]}


def main():
    recorded = json.loads(FILE.read_text())
    if len(sys.argv) > 1:
        # dbt remembers deprecations and macros while a process lives, so a process reads a few cases only.
        start = int(sys.argv[1])
        print(json.dumps([say(case, recorded["base"]) for case in recorded["cases"][start : start + BATCH]]))
        return
    environment = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    for start in range(0, len(recorded["cases"]), BATCH):
        done = subprocess.run(
            [sys.executable, __file__, str(start)], env=environment, capture_output=True, text=True, check=True
        )
        for case, verdict in zip(recorded["cases"][start:], json.loads(done.stdout.splitlines()[-1])):
            case.pop("says", None)
            case.update(verdict)
    lines = ",\n".join("  " + json.dumps(case) for case in recorded["cases"])
    FILE.write_text('{"dbt": "1.12.0",\n "base": %s,\n "cases": [\n%s\n]}\n' % (json.dumps(recorded["base"]), lines))


main()
