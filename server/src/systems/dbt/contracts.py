"""Writes the contracts that dbt Core itself checks its files against, as JSON Schema.

dbt makes them from its own classes when it starts; no release ships them as files. Run it with the
Python that has dbt-core 1.12.0, from the project's root:

    python server/src/systems/dbt/contracts.py
"""

import json
import pathlib

import dbt.cli.main  # noqa: F401  (dbt's modules import each other in this order only)
from dbt.contracts import project
from dbt.contracts.graph import unparsed

# Keys that dbt adds before it checks an entry.
ADDED = {
    "_extra", "loaded_at_field_present", "original_file_path", "package_name", "unrendered",
    "unrendered_database", "unrendered_schema", "yaml_key",
}

SECTIONS = {
    "models": unparsed.UnparsedModelUpdate,
    "seeds": unparsed.UnparsedNodeUpdate,
    "snapshots": unparsed.UnparsedNodeUpdate,
    "analyses": unparsed.UnparsedAnalysisUpdate,
    "macros": unparsed.UnparsedMacroUpdate,
    "functions": unparsed.UnparsedFunctionUpdate,
    "data_tests": unparsed.UnparsedSingularTestUpdate,
    "sources": unparsed.UnparsedSourceDefinition,
    "exposures": unparsed.UnparsedExposure,
    "groups": unparsed.UnparsedGroup,
    "unit_tests": unparsed.UnparsedUnitTest,
    "semantic_models": unparsed.UnparsedSemanticModel,
    "saved_queries": unparsed.UnparsedSavedQuery,
}


def as_written(schema):
    """The schema without what a person cannot write, and without defaults, which say nothing of validity."""
    if isinstance(schema, list):
        return [as_written(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {}
    for key, value in schema.items():
        if key == "default":
            continue
        if key == "properties":
            made[key] = {name: as_written(each) for name, each in value.items() if name not in ADDED}
        elif key == "required":
            made[key] = [name for name in value if name not in ADDED]
        else:
            made[key] = as_written(value)
    return made


def write(name, schema):
    folder = pathlib.Path(__file__).parents[3] / "schemas" / "dbt"
    rows = ",\n".join(
        f"  {json.dumps(key)}: {json.dumps(value, sort_keys=True)}" for key, value in schema.pop("properties").items()
    )
    head = json.dumps(schema, sort_keys=True)[1:-1]
    (folder / name).write_text("{%s, \"properties\": {\n%s\n}}\n" % (head, rows))


def main():
    sections = {
        key: {"type": "array", "items": as_written(contract.json_schema())} for key, contract in SECTIONS.items()
    }
    write("contract-properties.json", {"title": "dbt properties", "type": "object", "properties": sections})
    write("contract-project.json", as_written(project.Project.json_schema()))
    write("contract-packages.json", as_written(project.PackageConfig.json_schema()))


main()
