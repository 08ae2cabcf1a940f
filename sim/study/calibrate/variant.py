"""A second way to organise the same chain, to be compared and changed: who is asked first solves more of it alone."""

import json
from typing import Any, Final

from sim.model.steady import rest
from sim.scenario.dated import with_values
from sim.scenario.schema import Scenario
from sim.study.calibrate.calibrated import Calibration

_SOLVED: Final = 0.3
"""Choice: the first line asks this much less of whom it asks most."""
_BUSY: Final = 0.92
"""Choice: a department that is at work for more of its time is close to where lines grow."""


def variant(found: Calibration) -> str:
    """The text of a file that extends ``scenario.yaml`` beside it."""
    scenario = found.scenario
    front = max(scenario.front_line, key=lambda link: link.share)
    asked = [link for link in scenario.inner_links if link.customer == front.supplier]
    contracts = {part.name for part in scenario.departments if part.contract is not None}
    inner = [link for link in asked if link.supplier not in contracts and link.requests_per_job > 0]
    name = f"{scenario.name[:40]} first line solves more"
    lines = [
        "# A second way to organise the same chain. Change it to what you want to try; what is not named here is as in",
        "# scenario.yaml.",
        f"name: {json.dumps(name, ensure_ascii=False)}",
        "extends: scenario.yaml",
    ]
    if not inner:
        lines += [
            "# One person more where cases arrive.",
            "departments:",
            f"  - name: {json.dumps(front.supplier, ensure_ascii=False)}",
            f"    staff: {_staff(found, front.supplier) + 1}",
        ]
        return "\n".join([*lines, ""])
    most = max(inner, key=lambda link: link.requests_per_job)
    own = next(part for part in scenario.departments if part.name == front.supplier)
    other = next(part for part in scenario.departments if part.name == most.supplier)
    spared = _SOLVED * most.requests_per_job
    keys: dict[str, Any] = {
        f"departments.{own.name}.handling_hours": own.handling_hours + spared * other.handling_hours,
        f"links.{most.name}.requests_per_job": most.requests_per_job - spared,
    }
    why = [
        f"# {own.name} asks {other.name} {_SOLVED:.0%} less often, and takes as long over it as they would (choices)."
    ]
    if not _keeps_up(scenario, keys) and other.staff > 1:
        why.append("# Somebody goes with the work, so that the first line can keep up.")
        keys[f"departments.{own.name}.staff"] = own.staff + 1
        keys[f"departments.{other.name}.staff"] = other.staff - 1
    if not _keeps_up(scenario, keys):
        why[1:] = []
        why.append("# As many come besides as the first line needs to keep up; the workbook shows what they cost.")
        keys[f"departments.{other.name}.staff"] = other.staff
        keys[f"departments.{own.name}.staff"] = own.staff + 1
        while not _keeps_up(scenario, keys) and keys[f"departments.{own.name}.staff"] < 2 * own.staff + 2:
            keys[f"departments.{own.name}.staff"] += 1
    lines += [*why, "departments:"]
    for part in (own, other):
        changed = {key: keys.get(f"departments.{part.name}.{key}") for key in ("staff", "handling_hours")}
        written = [f"    {key}: {value:.4g}" for key, value in changed.items() if value is not None]
        if written:
            lines += [f"  - name: {json.dumps(part.name, ensure_ascii=False)}", *written]
    lines += [
        "links:",
        f"  - supplier: {json.dumps(most.supplier, ensure_ascii=False)}",
        f"    customer: {json.dumps(most.customer, ensure_ascii=False)}",
        f"    requests_per_job: {most.requests_per_job - spared:.4g}",
    ]
    return "\n".join([*lines, ""])


def _keeps_up(scenario: Scenario, keys: dict[str, Any]) -> bool:
    """Whether no department is much busier than the busiest one is now."""
    before, after = (rest(one).last.load.max() for one in (scenario, with_values(scenario, keys)))
    return bool(after <= max(_BUSY, float(before) + 0.005))


def _staff(found: Calibration, name: str) -> int:
    return next(part.staff for part in found.scenario.departments if part.name == name)
