"""Asks Meltano itself what it says of small projects.

    python oracle.py CASES

CASES is a JSON file: {"warm", "commands", "cases"}: the files of a sound project, what is asked most, and a list of {"id", "files", "env", "command"}.
Each answer is one line of JSON on stdout, as soon as it is known: {"id", "verdict", "stage", "says", "warnings"}.
The command lines of a case run one after another, up to the first that Meltano refuses.
"""

import contextlib
import importlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracles"))

from forks import can_fork, said_in_fork  # noqa: E402

DATABASE = ".meltano/meltano.db"


def answer(case, database):
    """What Meltano says of one project, read in a folder of its own."""
    work = os.path.dirname(os.path.abspath(sys.argv[1]))
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as folder:
        root = pathlib.Path(folder, "project")
        for path, text in case["files"].items():
            target = pathlib.Path(root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        if database is not None:
            # To make an empty database is most of what a command has to do.
            pathlib.Path(root, ".meltano").mkdir(exist_ok=True)
            shutil.copy(database, pathlib.Path(root, DATABASE))
        verdict, stage, says, warnings = "accepted", None, "", []
        for command in case["command"]:
            code, output = ask(shlex.split(command), root, case["env"])
            output = tidy(output, [str(root), os.path.realpath(root), folder, os.path.realpath(folder)])
            warnings += [line for line in output.split("\n") if re.match(r"\W*warning", line, re.I)]
            if code != 0:
                verdict, stage, says = "refused", command.split(" ")[0], output
                break
        if verdict == "accepted" and warnings:
            verdict = "warned"
        return {"id": case["id"], "verdict": verdict, "stage": stage, "says": says[-2000:], "warnings": warnings}


def ask(command, root, env):
    """The exit code of one command and all that it prints."""
    if not can_fork:
        done = subprocess.run(
            [sys.executable, "-m", "meltano", *command],
            cwd=root,
            env={**os.environ, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.returncode, done.stdout.decode(errors="replace")
    with tempfile.TemporaryFile() as printed:
        code = said_in_fork(lambda: run(command, root, env, printed.fileno()))
        printed.seek(0)
        return int(code or -1), printed.read().decode(errors="replace")


def modules_of(command, root):
    """What a command imports on its way, by name."""

    def say():
        run(command, root, {}, null.fileno())
        return json.dumps(sorted(sys.modules))

    with open(os.devnull, "w") as null:
        return json.loads(said_in_fork(say))


class Brief:
    """Stands for rich's drawing of a traceback, which costs more than all that Meltano does."""

    @staticmethod
    def from_exception(kind, error, _frames, **_options):
        return "".join(traceback.format_exception_only(kind, error))


def run(command, root, env, out):
    import meltano.cli
    import meltano.core.logging.formatters

    meltano.core.logging.formatters.Traceback = Brief
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(root)
    os.environ.update(env)
    sys.argv = ["meltano", *command]
    try:
        meltano.cli.main()
    except SystemExit as end:
        return str(int(end.code or 0))
    return "0"


def tidy(text, folders):
    """The words without what differs from run to run: folders, times, ids, colours."""
    for folder in folders:
        text = text.replace(f"{folder}/", "").replace(folder, ".")
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\dZ]*", "", text)
    return re.sub(r"(run_id=|pid=)\S+", r"\1", text).strip()


def main():
    asked = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        database = None
        if can_fork:
            import meltano.cli  # noqa: F401

            root = pathlib.Path(folder)
            for path, text in asked["warm"].items():
                target = pathlib.Path(root, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text)
            for command in asked["commands"]:
                for module in modules_of(shlex.split(command), root):
                    with contextlib.suppress(Exception):
                        importlib.import_module(module)
            database = pathlib.Path(root, DATABASE)
        for case in asked["cases"]:
            print(json.dumps(answer(case, database)), flush=True)


main()
