"""Asks dbt what it would select: selections come as JSON on standard input, one answer a line goes out."""

import json
import os
import sys

from dbt.cli.main import dbtRunner

runner = dbtRunner()
common = ["--quiet", "--no-send-anonymous-usage-stats", "list", "--output", "json"]
common += ["--output-keys", "name", "resource_type", "source_name"]
for asked in json.load(sys.stdin):
    args = [*common]
    for option in ("select", "exclude", "resource-type"):
        for word in asked.get(option, []):
            args += [f"--{option}", word]
    if "indirect" in asked:
        args += ["--indirect-selection", asked["indirect"]]
    sys.stdout, out = open(os.devnull, "w"), sys.stdout
    answer = runner.invoke(args)
    sys.stdout = out
    nodes = [json.loads(line) for line in answer.result or [] if line.startswith("{")]
    error = str(answer.exception) if answer.exception else None
    print(json.dumps({"nodes": nodes, "error": error}), flush=True)
