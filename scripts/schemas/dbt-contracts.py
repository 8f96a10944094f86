"""Prints the contracts that dbt Core itself checks its files against, as JSON Schema by file name.

dbt makes them from its own classes when it starts; no release ships them as files. Run with the Python
that has dbt-core installed.
"""

import json

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


sections = {
    key: {"type": "array", "items": as_written(contract.json_schema())} for key, contract in SECTIONS.items()
}
contracts = {
    "contract-properties.json": {"title": "dbt properties", "type": "object", "properties": sections},
    "contract-project.json": as_written(project.Project.json_schema()),
    "contract-packages.json": as_written(project.PackageConfig.json_schema()),
}
print(json.dumps(contracts, sort_keys=True))
