"""A scenario written out whole: every key with the value that holds, so that it runs again as it ran."""

import hashlib
import io
import json
from typing import Any

from ruamel.yaml import YAML

from sim.scenario.parts import Department, Link
from sim.scenario.schema import Scenario


def resolved(scenario: Scenario) -> dict[str, Any]:
    """All keys in plain types; without those that do not apply (a share between departments, say)."""
    plain: dict[str, Any] = scenario.model_dump(mode="json")
    parts: list[Department | Link] = [*scenario.departments, *scenario.links]
    for part, keys in zip(parts, [*plain["departments"], *plain["links"]], strict=True):
        for key in part.without_meaning:
            del keys[key]
        if isinstance(part, Department):  # the others are the company's
            keys["practices"] = part.practices.model_dump(mode="json", exclude_unset=True)
    for part in (plain, *plain["departments"]):
        for key in ("title", "question", "source"):
            if key in part:
                part[key] = {language: text for language, text in part[key].items() if text is not None}
    return plain


def as_yaml(scenario: Scenario) -> str:
    """The resolved scenario as a file that can be loaded again."""
    stream = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.allow_unicode = True
    yaml.width = 110
    yaml.dump(resolved(scenario), stream)
    return stream.getvalue()


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 of all that the resolved scenario says."""
    text = json.dumps(resolved(scenario), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
