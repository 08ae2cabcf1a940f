"""Findings that nobody simulated: every outcome of every company, made up at once, so that charts can be drawn fast."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from sim.model.luck import name_key
from sim.model.record import Floats
from sim.scenario.part import Words
from sim.scenario.schema import Scenario
from sim.study.claims.catalogue import CLAIMS
from sim.study.claims.trial import Trial
from sim.study.claims.verdict import Findings, Tried
from sim.study.observed import Observed, Place
from sim.study.together import Difference, Together

Outcome = Literal["as claimed", "hidden by luck", "the other way round"]
_EVERYBODY_SERVES = Tried(
    Trial("A1", "", "", "departments on a path", 1),
    Words(en="A.", es="B."),
    Difference(1, 1, 1, 241),
    "share",
    "shown",
    None,
)
_SHARES = ("share", "right_first_time")


class _Totals(dict[Place, float]):
    """A value for every place."""

    def __init__(self, company: str) -> None:
        self.company = company

    def __missing__(self, place: Place) -> float:
        level = name_key("pretend", self.company, *place) % 1000 / 1000
        return 0.2 + 0.6 * level if place[0].endswith(_SHARES) else 40.0 + 30.0 * level


class _Weekly(dict[Place, Floats]):
    """A path for every place: it goes off, slowly, from its total."""

    def __init__(self, totals: _Totals, weeks: int, number: int) -> None:
        self.totals, self.weeks, self.number = totals, weeks, number

    def __missing__(self, place: Place) -> Floats:
        drift = (name_key("drift", self.totals.company, *place) % 1000 / 1000 - 0.5) * np.linspace(0, 0.3, self.weeks)
        noise = 0.01 * np.sin(np.arange(self.weeks) * (self.number + 1))
        return np.asarray(self.totals[place] * (1.0 + drift + noise))


class Pretended(Together):
    """Nothing is simulated; three replications of every company are there."""

    def live(self, wanted: Iterable[tuple[Scenario, int]]) -> None:
        pass

    def replications(self, scenario: Scenario) -> list[int]:
        return [0, 1, 2]

    def observed(self, scenario: Scenario, replication: int) -> Observed:
        weeks = tuple(range(-scenario.warm_up_days // 5, scenario.days // 5))
        totals = _Totals(scenario.name)
        return Observed(weeks, {}, totals, _Weekly(totals, len(weeks), replication))


def pretended(outcome: Outcome) -> Findings:
    """All claims tried, and all with the same success."""
    tried = [_tried(trial, outcome) for claim in CLAIMS for trial in claim.trials]
    return Findings((_EVERYBODY_SERVES, *tried), Pretended(1), quick=True)


def _tried(trial: Trial, outcome: Outcome) -> Tried:
    unit = "share" if trial.outcome.endswith(_SHARES) else "hours" if "hours" in trial.outcome else "points"
    size = trial.sign * (0.032 if unit == "share" else 3.2)
    if outcome == "the other way round":
        size = -size
    half = abs(size) * (2.0 if outcome == "hidden by luck" else 0.5)
    effect = Difference(size, size - half, size + half, 3)
    verdict = "shown" if outcome == "as claimed" else "not shown"
    return Tried(trial, Words(en="A claim.", es="Una afirmación."), effect, unit, verdict, 0.0 if trial.off else None)
