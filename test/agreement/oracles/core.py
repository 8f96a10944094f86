"""Asks dbt Core itself what it says of small projects.

    python core.py CASES

CASES is a JSON file: {"warm", "cases"}, the files of a sound project and a list of {"id", "files", "env", "command"}.
Each answer is one line of JSON on stdout, as soon as it is known: {"id", "verdict", "stage", "says", "warnings"}.

Each project is read in a fork of one process; see forks.py.
"""

import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from forks import can_fork, said_in_fork

# The static parser, a short cut around Jinja, starts threads, which a fork would wait for and not have.
OPTIONS = ["--no-partial-parse", "--no-static-parser", "--no-write-json", "--quiet"]
# What dbt says of itself rather than of the project.
NOT_ABOUT_THE_PROJECT = {"DeprecationsSummary", "FoundStats", "MainReportVersion", "MainEncounteredError"}


def answer(case):
    """What dbt says of one project, read in a folder of its own."""
    from dbt.cli.main import dbtRunner

    warnings = []

    def listen(event):
        if event.info.level == "warn" and event.info.name not in NOT_ABOUT_THE_PROJECT:
            warnings.append(event.info.name)

    # Threads of dbt may still write when it has answered; whoever asked removes the folder of the cases.
    work = os.path.dirname(os.path.abspath(sys.argv[1]))
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as folder:
        for path, text in case["files"].items():
            target = pathlib.Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        before = os.getcwd()
        os.chdir(folder)
        os.environ.update(case.get("env", {}))
        out, sys.stdout = sys.stdout, io.StringIO()
        try:
            result = dbtRunner(callbacks=[listen]).invoke([*case["command"], *OPTIONS])
        finally:
            sys.stdout = out
            os.chdir(before)
        verdict, stage, says = "accepted", None, ""
        if result.exception is not None:
            verdict, stage, says = "refused", "parse", str(result.exception) or type(result.exception).__name__
        elif not result.success:
            verdict, stage, says = "refused", case["command"][0], failures(result.result)
        elif warnings:
            verdict = "warned"
        places = [folder, os.path.realpath(folder)]
        return {
            "id": case["id"],
            "verdict": verdict,
            "stage": stage,
            "says": tidy(says, places),
            "warnings": warnings,
        }


def failures(results):
    failed = [each for each in results if str(each.status) in ("error", "fail", "runtime error")]
    return "\n".join(f"{each.node.original_file_path}: {each.message}" for each in failed)


def tidy(text, folders):
    """The words without what differs from run to run: the folder, times, colours."""
    for folder in folders:
        text = text.replace(folder, "")
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return re.sub(r"modification_time=[\d.]+", "modification_time=0", text).strip()[:2000]


def in_fork(case):
    text = said_in_fork(lambda: json.dumps(answer(case)))
    return json.loads(text) if text else crashed(case)


def in_process(case):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "case.json")
        file.write_text(json.dumps({"warm": {}, "cases": [case]}))
        done = subprocess.run([sys.executable, __file__, str(file), "--alone"], capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else crashed(case)


def crashed(case):
    return {"id": case["id"], "verdict": "crashed", "stage": None, "says": "", "warnings": []}


def main():
    from dbt_common.tests import enable_test_caching

    asked = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    if "--alone" in sys.argv:
        print(json.dumps(answer(asked["cases"][0])))
        return
    if can_fork:
        # What dbt's own tests switch on: the macros that come with dbt are parsed once, not for every project.
        enable_test_caching()
        answer({"id": "", "files": asked["warm"], "env": {}, "command": ["parse"]})
    for case in asked["cases"]:
        print(json.dumps(in_fork(case) if can_fork else in_process(case)), flush=True)


main()
