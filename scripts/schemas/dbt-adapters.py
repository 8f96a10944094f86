"""Prints what dbt's adapters know of configuration and connections, as JSON by adapter.

Reads the sources alone, without importing them, so nothing of an adapter but its package has to be there. Arguments:
dbt's published schema of resources, then folders that hold adapters' packages (`dbt/adapters/<adapter>`).
"""

import ast
import json
import pathlib
import re
import sys

# Materializations that every adapter has.
EVERYWHERE = {"view", "table", "incremental", "ephemeral", "snapshot", "seed", "test", "clone"}


def keys_of_config(schema):
    """The keys that configuration of models and snapshots may have, by the published schema."""
    names = set()
    for title in ("ModelConfig", "ModelConfigs", "SnapshotConfig", "SnapshotsConfig"):
        for table in (schema.get("definitions", {}), schema.get("$defs", {})):
            names.update(table.get(title, {}).get("properties", {}))
    if not names:
        raise SystemExit("the published schema names no configuration of models")
    return {name for name in names if re.fullmatch(r"\w+", name)}


def classes_in(folder, base):
    """The classes below a base class, in all modules of an adapter."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(each).endswith(base) for each in node.bases):
                yield node


def fields_of(found):
    """Fields of a dataclass, each with its type and whether it must be given."""
    for each in found.body:
        if isinstance(each, ast.AnnAssign) and not each.target.id.startswith("_"):
            yield each.target.id, ast.unparse(each.annotation), each.value is None


def aliases_of(found):
    for each in found.body:
        if isinstance(each, ast.Assign) and each.targets[0].id == "_ALIASES":
            return ast.literal_eval(each.value)
    return {}


def strategies_in(folder):
    """What the adapter says that it can do; nothing where its macros decide."""
    tree = [node for path in sorted(folder.rglob("impl.py")) for node in ast.walk(ast.parse(path.read_text()))]
    for node in tree:
        if isinstance(node, ast.FunctionDef) and node.name == "valid_incremental_strategies":
            text = [each for each in node.body if not isinstance(each, ast.Expr) or isinstance(each.value, ast.Call)]
            named = {each.attr for part in text for each in ast.walk(part) if isinstance(each, ast.Attribute)}
            text += [
                each.value
                for each in tree
                if isinstance(each, (ast.Assign, ast.AnnAssign)) and each.value
                for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
                if getattr(target, "attr", getattr(target, "id", None)) in named
            ]
            return sorted({
                each.value
                for part in text
                for each in ast.walk(part)
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and re.fullmatch(r"[a-z_+]+", each.value)
            })
    return []


def adapter_in(folder, name, known):
    macros = [path.read_text() for path in sorted(folder.glob("dbt/include/*/macros/**/*.sql"))]
    code = folder / "dbt/adapters" / name
    [config] = classes_in(code, "AdapterConfig")
    credentials = next(iter(classes_in(code, "Credentials")))
    text = "\n".join([*macros, *(path.read_text() for path in sorted(code.rglob("*.py")))])
    own = {field: kind for field, kind, _ in fields_of(config)}
    # Named as a text, or as a field of a class that configuration is read into.
    mentioned = set(re.findall(r"""["'](\w+)["']""", text)) | set(re.findall(r"^ +(\w+): ", text, re.MULTILINE))
    asked = set(re.findall(r"""config\.(?:get|require)\(\s*["']([a-z]\w+)["']""", "\n".join(macros)))
    materializations = set(re.findall(r"materialization\s+(\w+)\s*,\s*adapter\s*=\s*['\"]" + name, text))
    if re.search(rf"macro\s+{name}__get_create_materialized_view_as_sql", text):
        materializations.add("materialized_view")
    return {
        "config": own,
        "reads": sorted(((known & mentioned) | asked) - set(own)),
        "materializations": sorted(materializations - EVERYWHERE),
        "strategies": strategies_in(code),
        "credentials": {field: kind for field, kind, _ in fields_of(credentials)},
        "required": [field for field, _, must in fields_of(credentials) if must],
        "aliases": aliases_of(credentials),
    }


published, *folders = sys.argv[1:]
known_keys = keys_of_config(json.loads(pathlib.Path(published).read_text()))
found = {}
for each in map(pathlib.Path, folders):
    for package in sorted((each / "dbt/adapters").iterdir()):
        if (package / "impl.py").exists() and package.name not in found:
            found[package.name] = adapter_in(each, package.name, known_keys)
print(json.dumps(dict(sorted(found.items()))))
