"""The JSON Schema of scenario files, for completion and checking while one types in an editor."""

from typing import Any

from sim.scenario.parts import IDENTITY
from sim.scenario.schema import Scenario

_MODEL = {"departments": "Department", "links": "Link", "quality_teams": "QualityTeam"}


def json_schema() -> dict[str, Any]:
    """The schema of a file: what a scenario has, ``extends``, and items that are removed from what is extended."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "customer-chain scenario"
    del schema["required"]
    schema["anyOf"] = [{"required": ["extends"]}, {"required": ["departments", "links"]}]
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "path or name of a scenario; this file then says only what differs",
    }
    parts = schema["$defs"]
    for kind, part in _MODEL.items():
        parts[part]["required"] = list(IDENTITY[kind])
        parts[part]["properties"]["remove"] = {
            "const": True,
            "description": "delete this item of the extended scenario",
        }
    words = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Words"}]}
    for owner, keys in ((schema, ("title", "question", "source")), (parts["Department"], ("title",))):
        for key in keys:
            owner["properties"][key] = words | {"description": owner["properties"][key].get("description", "")}
    return schema
