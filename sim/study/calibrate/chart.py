"""The organisation chart: who answers to whom, how many managers stand above people, and which unit holds whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from sim.scenario.problems import Problem, ScenarioError, shown
from sim.study.calibrate.columns import closest, plain
from sim.study.calibrate.intervals import Estimate
from sim.study.calibrate.log import Mended
from sim.study.calibrate.sheets import Sheet, read_sheet

_NAMES: Final[Mapping[str, str]] = {
    "person": "person|employee|name|employee id|id|worker|empleado|persona|nombre|mitarbeiter|mitarbeiterin|employe",
    "manager": (
        "manager|reports to|supervisor|boss|manager id|superior|line manager|responsable|jefe|jefa|reporta a"
        "|superior directo|vorgesetzter|vorgesetzte|fuhrungskraft|responsable hierarchique"
    ),
    "department": (
        "department|group|team|unit|assignment group|support group|departamento|grupo|equipo|unidad|area"
        "|abteilung|gruppe|service|equipe"
    ),
}
_SAID: Final = {"person": "who each line is of", "manager": "to whom each person answers"}
_MOST_LAYERS: Final = 12


@dataclass(frozen=True)
class Chart:
    """People and their managers. ``layers``: managers above somebody who manages nobody, the median.

    ``department`` by person, where the chart says it; ``above`` by person, the managers from the nearest to the top.
    """

    file: str
    people: int
    managers: int
    layers: Estimate
    department: Mapping[str, str]
    above: Mapping[str, tuple[str, ...]]
    notes: tuple[Mended, ...]


def read_chart(path: Path) -> Chart:
    """The chart of a CSV file with a line a person; ``ScenarioError`` if columns are missing or it goes in a circle."""
    sheet = read_sheet(path)
    columns = _columns(sheet)
    boss: dict[str, str] = {}
    department: dict[str, str] = {}
    problems: list[Problem] = []
    for line, row in sheet.columns(columns):
        person = row["person"]
        if not person:
            problems.append(Problem(sheet.file, line, columns["person"], "is empty; every line is a person"))
        elif person in boss:
            problems.append(Problem(sheet.file, line, columns["person"], f"{shown(person)} stands twice in the chart"))
        boss[person] = "" if row["manager"] == person else row["manager"]
        if row.get("department"):
            department[person] = row["department"]
    if problems:
        raise ScenarioError(problems[:8])
    strangers = sorted({manager for manager in boss.values() if manager and manager not in boss})
    above = {person: _above(person, boss, sheet.file) for person in boss}
    managers = {manager for manager in boss.values() if manager}
    depths = np.array([len(above[person]) for person in boss if person not in managers] or [1])
    notes = []
    if strangers:
        notes.append(Mended("manager without a line in the chart: taken as the top", count=len(strangers)))
    tops = [person for person, manager in boss.items() if not manager and person in managers]
    if len(tops) > 1:
        notes.append(Mended("several people who answer to nobody: taken as one level below a chief", count=len(tops)))
        depths = depths + 1
    low, high = np.quantile(depths, [0.025, 0.975])
    value = float(np.clip(np.round(np.median(depths)), 1, _MOST_LAYERS))
    layers = Estimate(value, float(low), float(high), len(depths), "chart")
    return Chart(sheet.file, len(boss), len(managers), layers, department, above, tuple(notes))


def _columns(sheet: Sheet) -> dict[str, str]:
    by_plain = {plain(name): name for name in reversed(sheet.header)}
    found: dict[str, str] = {}
    for role, names in _NAMES.items():
        for word in names.split("|"):
            if word in by_plain and by_plain[word] not in found.values():
                found[role] = by_plain[word]
                break
    lacking = [role for role in ("person", "manager") if role not in found]
    if lacking:
        raise ScenarioError(
            Problem(
                sheet.file,
                1,
                role,
                f"no column was recognised that says {_SAID[role]}; the columns are {', '.join(sheet.header)}",
                closest(_NAMES[role].split("|"), sheet.header),
            )
            for role in lacking
        )
    return found


def _above(person: str, boss: Mapping[str, str], file: str) -> tuple[str, ...]:
    row = []
    at = boss.get(person, "")
    while at:
        if at in row or at == person:
            raise ScenarioError([Problem(file, 0, "manager", f"goes round in a circle above {shown(person)}")])
        row.append(at)
        at = boss.get(at, "")
    return tuple(row)


def units(chart: Chart, department_of: Mapping[str, str], layers: int) -> dict[int, dict[str, tuple[str, ...]]]:
    """Who heads whom between the heads of departments and the chief: tier → unit → departments; managers stay unnamed.

    ``department_of``: person → department of the scenario. Nothing if the chart does not place every department.
    """
    chains: dict[str, Counter[tuple[str, ...]]] = {}
    for person, department in department_of.items():
        row = chart.above.get(person)
        if row is not None and len(row) == layers:
            chains.setdefault(department, Counter())[row] += 1
    if layers < 3 or set(chains) != set(department_of.values()):
        return {}
    usual = {name: counted.most_common(1)[0][0] for name, counted in chains.items()}
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for tier in range(2, layers):
        by_manager: dict[str, list[str]] = {}
        for name in sorted(usual):
            by_manager.setdefault(usual[name][tier - 1], []).append(name)
        found[tier] = {f"unit {tier}-{place + 1}": tuple(names) for place, names in enumerate(by_manager.values())}
    return found
