"""Prints what dbt brings along for Jinja: its own macros and its adapters', the names of the context, filters, tests, warnings.

Names and parameters alone. Run with the Python that has dbt-core and an adapter installed; further folders
that hold adapters' packages (`dbt/include/<adapter>`) are given as arguments.
"""

import inspect
import json
import pathlib
import re
import sys

import dbt.cli.main  # noqa: F401  (dbt's modules import each other in this order only)
import dbt.include.global_project
from dbt.adapters.base.column import Column
from dbt.adapters.base.relation import BaseRelation
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt.adapters.sql import SQLAdapter
from dbt.context import base, configured, docs, macros, manifest, providers, target
from dbt.context.exceptions_jinja import wrapped_exports
from dbt.events import ALL_EVENT_NAMES
from dbt.events.fusion_warn_error_options import FUSION_WARN_ERROR_OPTION_NAMES
from dbt_common.clients.jinja import extract_toplevel_blocks, get_environment

BLOCKS = {"macro", "test", "materialization"}


def parameters(block):
    """The text between the brackets of a macro's first line, on one line."""
    opening = re.match(r"\s*\{%-?\s*\w+\s+\w+\s*\(", block)
    if not opening:
        return ""
    depth, quote, start = 1, "", opening.end()
    for at in range(start, len(block)):
        char = block[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return re.sub(r"\s+", " ", block[start:at]).strip()
    return ""


def macros_in(folder):
    """The macros and generic tests of one package, by name; `*` says that it takes more than it names."""
    found = {}
    for path in sorted([*folder.glob("macros/**/*.sql"), *folder.glob("tests/**/*.sql")]):
        for block in extract_toplevel_blocks(path.read_text(), allowed_blocks=BLOCKS, collect_raw_data=False):
            if block.block_type_name == "materialization":
                continue
            name = f"test_{block.block_name}" if block.block_type_name == "test" else block.block_name
            rest = [f"*{word}" for word in ("varargs", "kwargs", "caller") if re.search(rf"\b{word}\b", block.contents)]
            found[name] = ", ".join([part for part in [parameters(block.full_block)] if part] + rest)
    return found


def materializations_in(folder):
    text = "\n".join(path.read_text() for path in folder.glob("macros/**/*.sql"))
    return set(re.findall(r"\{%-?\s*materialization\s+(\w+)", text))


def signature(function):
    try:
        given = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return ""
    words = []
    for each in given:
        if each.name in ("self", "cls"):
            continue
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            words.append("*varargs" if each.kind == each.VAR_POSITIONAL else "*kwargs")
        elif each.default is each.empty:
            words.append(each.name)
        elif isinstance(each.default, (str, int, float, type(None), bool)):
            words.append(f"{each.name}={json.dumps(each.default).replace(chr(34), chr(39)).replace('null', 'none')}")
        else:
            words.append(f"{each.name}=none")
    return ", ".join(words)


def context_names():
    """Every name that a model, test, hook or macro is rendered with, and the parameters of those that are functions."""
    names = {}
    for module in (base, providers, configured, target, manifest, docs, macros):
        for each in vars(module).values():
            if not inspect.isclass(each) or not issubclass(each, base.BaseContext):
                continue
            for name, member in each._context_members_.items():
                function = getattr(member, "__func__", member)
                names[str(name)] = signature(function) if callable(function) else None
    return names


def public(thing):
    return {
        name: signature(getattr(thing, name)) if callable(getattr(thing, name)) else None
        for name in dir(thing)
        if name[0].islower() and not re.search(r"_dict$|msgpack|json_schema|^validate$", name)
    }


def main():
    packages = {"dbt": pathlib.Path(dbt.include.global_project.PACKAGE_PATH)}
    here = packages["dbt"].parent
    folders = [here, *(pathlib.Path(each, "dbt", "include") for each in sys.argv[1:])]
    for folder in folders:
        for each in sorted(folder.iterdir()):
            if each.name not in ("global_project", "starter_project") and each.joinpath("dbt_project.yml").exists():
                packages.setdefault(f"dbt_{each.name}", each)
    adapter = {}
    for kind in (SQLAdapter, DuckDBAdapter):
        for name in kind._available_:
            adapter[name] = signature(getattr(kind, name))
    environment = get_environment()
    kinds = {name for folder in packages.values() for name in materializations_in(folder)}
    print(
        json.dumps(
            {
                "macros": {name: macros_in(folder) for name, folder in packages.items()},
                "context": dict(sorted(context_names().items())),
                "adapter": dict(sorted(adapter.items())),
                "relation": public(BaseRelation),
                "column": public(Column),
                "exceptions": sorted(wrapped_exports({})),
                "materializations": sorted(kinds),
                "filters": sorted(environment.filters),
                "tests": sorted(name for name in environment.tests if name.isidentifier()),
                "globals": sorted(environment.globals),
                # What `warn_error_options` may name, dbt v2's words among them.
                "warnings": sorted({*ALL_EVENT_NAMES, *FUSION_WARN_ERROR_OPTION_NAMES, "Deprecations"}),
            }
        )
    )


main()
